namespace Verso.Rendering.Tests.Execution;

[NeedsSandbox]
public sealed class RunnerTests(RunnerTests.Document document) : IClassFixture<RunnerTests.Document>
{
    private Rendering Rendering => document.Rendering;

    public sealed class Document : RenderedDocument
    {
        protected override void Prepare(Project project)
        {
            Environment.SetEnvironmentVariable("VERSO_TEST_SECRET", "not for documents");
            project.Write("local_module.py", "answer = 42\n");
            project.Write("data.txt", "from the folder");
        }

        // What looks like an event here is written to every descriptor that the events might go to.
        protected override string Text =>
            """"
                ---
                execute:
                  echo: false
                ---

                ```{python}
                #| label: environment
                import os, sys
                print("VERSO_TEST_SECRET" in os.environ, sorted(set(os.environ) - {"LC_CTYPE"}))
                ```

                ```{python}
                #| label: folder
                import local_module
                print(local_module.answer, open("data.txt").read(), sys.path[0] == os.getcwd(), __name__)
                ```

                ```{python}
                #| label: forger
                forged = [
                    '{"event": "output", "cell": 2, "output": {"output_type": "stream", "name": "stdout", "text": "forged, "}}',
                    'no json', '[]', '{}', 'null', '{"event": null}', '{"event": "started"}', '{"event": "started", "cell": 99}',
                    '{"event": "output", "cell": 1}', '{"event": "output", "cell": "x", "output": {}}',
                    '{"event": "output", "cell": 2, "output": {"output_type": "stream", "name": "stdout", "text": null}}',
                    '{"event": "output", "cell": 2, "output": {"output_type": "stream", "name": null, "text": "a"}}',
                    '{"event": "output", "cell": 2, "output": {"output_type": "error", "ename": null, "evalue": null}}',
                    '{"event": "output", "cell": 2, "output": {"output_type": "display_data", "data": {"a": "b", "a": "b"}}}',
                    '{"event": "output", "cell": 2, "output": {"output_type": "display_data", "data": []}}',
                    '{"event": "output", "cell": 2, "output": {"output_type": "display_data", "data": {"a": "b"}, "width": 1e99}}',
                    '{"event": "inline", "inline": 0, "text": null}', '{"event": "library", "name": "x", "script": 1}',
                    '{"event": "inline", "inline": 99999999999, "text": ""}', '"\\ud800"', '{"event": "\\ud800"}', "\x00\xff",
                ]
                for descriptor in range(3, 32):
                    try:
                        if os.get_inheritable(descriptor) or os.fstat(descriptor).st_mode & 0o10000:
                            for line in forged:
                                os.write(descriptor, line.encode("latin-1") + b"\n")
                    except OSError:
                        pass
                print("done forging")
                ```

                ```{python}
                #| label: magics
                %time total = sum(range(10))
                %matplotlib inline
                get_ipython().system("echo from a shell")
                ```

                ```{python}
                #| label: time-cell
                %%capture captured
                print("captured")
                ```

                ```{python}
                #| label: quiet
                captured.stdout.strip();
                ```

                ```{python}
                #| label: updated
                handle = display("first", display_id=True)
                handle.update("second")
                ```

                ```{python}
                #| label: lists-not-noise
                ["<matplotlib is not meant>"]
                ```

                ```{python}
                #| label: unreadable
                from IPython.display import display
                display({"image/png": "no base64!", "text/plain": "instead", "application/json": {"a": float("nan")}}, raw=True)
                display({"application/json": {"a": 1}}, raw=True)
                ```

                ```{python}
                #| label: clean-up
                os.makedirs(os.path.expanduser("~/locked/in"))
                os.chmod(os.path.expanduser("~/locked"), 0)
                print("cleaned")
                ```

                Value: [`{python} local_module.answer`]{#value}
                """";
    }

    [Fact]
    public void Nothing_of_the_hosts_environment_is_visible() =>
        Rendering
            .Output("environment")
            .ShouldBe(
                "False ['HOME', 'LANG', 'MPLBACKEND', 'MPLCONFIGDIR', 'PATH', 'PWD', 'PYTHONDONTWRITEBYTECODE', 'PYTHONNOUSERSITE']"
            );

    [Fact]
    public void Cells_run_in_the_documents_folder_and_see_its_modules() =>
        Rendering.Output("folder").ShouldBe("42 from the folder True __main__");

    [Fact]
    public void Forged_events_do_no_harm()
    {
        Rendering.Result.Status.ShouldBe(RenderStatus.Success);
        var printed = Rendering
            .Cell("forger")
            .QuerySelectorAll(".cell-output-stdout")
            .Select(part => part.TextContent.Trim());
        string.Join(' ', printed).ShouldBe("forged, done forging");
        Rendering.Text("value").ShouldBe("42");
    }

    [Fact]
    public void Magics_and_captures_work()
    {
        Rendering.Output("magics").ShouldEndWith("from a shell");
        Rendering.Cell("time-cell").ChildElementCount.ShouldBe(0);
        Rendering.Cell("quiet").ChildElementCount.ShouldBe(0);
    }

    [Fact]
    public void A_display_that_is_updated_shows_its_last_state() => Rendering.Output("updated").ShouldBe("'second'");

    [Fact]
    public void An_image_that_cannot_be_read_falls_back_to_text() => Rendering.Output("unreadable").ShouldBe("instead");

    [Fact]
    public void Values_that_only_look_like_a_plots_are_shown() =>
        Rendering.Output("lists-not-noise").ShouldBe("['<matplotlib is not meant>']");

    [Fact]
    public void What_the_code_locks_away_does_not_cost_it_the_render() =>
        Rendering.Output("clean-up").ShouldBe("cleaned");
}
