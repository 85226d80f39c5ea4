namespace Verso.Rendering.Tests.Execution;

[NeedsSandbox]
public sealed class StreamTests(StreamTests.Document document) : IClassFixture<StreamTests.Document>
{
    private Rendering Rendering => document.Rendering;

    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """"
                ---
                title: Streams
                execute:
                  echo: false
                ---

                ```{python}
                #| label: order
                import ctypes, os, subprocess, sys, threading, time
                print("one")
                os.system("echo two")
                print("three")
                name = "four"
                !echo {name}
                subprocess.run(["echo", "five"])
                sys.stdout.buffer.write(b"six\n")
                sys.__stdout__.write("seven\n")
                os.write(1, "eïght\n".encode());
                ```

                ```{python}
                #| label: errors
                print("out")
                print("err", file=sys.stderr)
                os.system("echo err too >&2")
                print("out again");
                ```

                ```{python}
                #| label: terminal
                print("\x1b[31mred\x1b[0m", "\ud800")
                for percent in (10, 50, 100):
                    print(f"\r{percent}%", end="")
                ```

                ```{python}
                #| label: threads
                def work(n):
                    for _ in range(200):
                        print("x")
                threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                ```

                ```{python}
                #| label: processes
                from multiprocessing import Pool, get_context
                def square(n):
                    print("from a child", flush=True)
                    display("unseen")
                    return n * n
                with get_context("fork").Pool(1) as pool:
                    print(pool.map(square, [1, 2]))
                ```

                ```{python}
                #| label: fork
                print("pending")
                if (child := os.fork()) == 0:
                    os._exit(0)
                os.waitpid(child, 0)
                print("parent");
                ```

                ```{python}
                #| label: await
                import asyncio
                async def answer():
                    await asyncio.sleep(0)
                    return 42
                print(await answer())
                ```

                ```{python}
                #| label: cleared
                from IPython.display import clear_output
                for n in range(3):
                    clear_output(wait=True)
                    print("state", n)
                clear_output(wait=True)
                ```

                ```{python}
                #| label: emptied
                print("gone")
                clear_output()
                ```

                ```{python}
                #| label: much
                line = "y" * 99 + "\n"
                sys.stdout.write(line * 1_000_000)
                print("never seen");
                ```

                ```{python}
                #| label: much-from-a-child
                os.system("yes | head -c 100000000");
                ```

                ```{python}
                #| label: last
                print("still running")
                ```
                """";
    }

    [Fact]
    public void All_that_is_printed_stands_in_order_in_one_piece() =>
        Rendering.Output("order").ShouldBe("one\ntwo\nthree\nfour\nfive\nsix\nseven\neïght");

    [Fact]
    public void Standard_error_stands_apart_where_it_was_written()
    {
        var outputs = Rendering.Cell("errors").QuerySelectorAll(".cell-output");

        outputs
            .Select(output => (output.ClassList[1], output.TextContent.Trim()))
            .ShouldBe([
                ("cell-output-stdout", "out"),
                ("cell-output-stderr", "err\nerr too"),
                ("cell-output-stdout", "out again"),
            ]);
    }

    [Fact]
    public void What_only_a_terminal_understands_is_left_out() => Rendering.Output("terminal").ShouldBe("red ?\n100%");

    [Fact]
    public void No_line_of_a_thread_is_lost() => Rendering.Output("threads").Count(c => c == 'x').ShouldBe(800);

    [Fact]
    public void Child_processes_work_and_their_output_is_shown()
    {
        Rendering.Output("processes").ShouldBe("from a child\nfrom a child\n[1, 4]");
        Rendering.Output("fork").ShouldBe("pending\nparent");
    }

    [Fact]
    public void A_cell_may_await() => Rendering.Output("await").ShouldBe("42");

    [Fact]
    public void A_cell_may_clear_what_it_showed()
    {
        Rendering.Output("cleared").ShouldBe("state 2");
        Rendering.Cell("emptied").QuerySelector(".cell-output").ShouldBeNull();
    }

    [Theory]
    [InlineData("much")]
    [InlineData("much-from-a-child")]
    public void More_output_than_anybody_reads_is_cut(string label)
    {
        var output = Rendering.Output(label);

        output.Length.ShouldBeInRange(1_000_000, 1_000_100);
        output.ShouldEndWith("… (the rest of this cell's output was cut)");
        Rendering.Output("last").ShouldBe("still running");
    }
}
