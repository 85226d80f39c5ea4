using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

[NeedsSandbox]
public sealed class PrintedDocumentTests
{
    [Fact]
    public async Task A_page_is_printed_with_numbers_and_a_running_head()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            """
            ---
            title: On *paper*
            toc: true
            format:
              pdf:
                papersize: letter
                geometry: [margin=1in, left=40mm]
            ---

            # First

            text of the first sheet

            ```{=html}
            <div style="break-before: page"></div>
            ```

            # Second

            text of the second sheet
            """
        );

        var pdf = rendering.Document(".pdf");
        (await RunAsync("pdfinfo", pdf)).ShouldMatch(@"Pages:\s+2\b[\s\S]*\(letter\)");
        var sheets = (await RunAsync("pdftotext", "-layout", pdf, "-")).Split('\f');
        sheets[0].ShouldContain("text of the first sheet");
        sheets[0].ShouldNotMatch(@"(?m)^\s*On paper\s*$[\s\S]*^\s*On paper\s*$");
        sheets[0].TrimEnd().ShouldEndWith("1");
        sheets[1].TrimStart().ShouldStartWith("On paper");
        sheets[1].TrimEnd().ShouldEndWith("2");
        rendering.Result.Outputs.ShouldAllBe(output => !output.Path.EndsWith(".html"));
    }

    [Fact]
    public async Task Of_a_deck_every_slide_is_a_sheet()
    {
        using var project = new Project();
        var document = project.Write(
            "deck.qmd",
            "---\ntitle: Slides\nformat:\n  revealjs:\n    footer: Below\n---\n\n# Part\n\n## One\n\n. . .\n\nlater\n\n## Two\n"
        );

        var rendering = await project.RenderAsync(new RenderRequest(document, null, true) { Format = "pdf" });

        var sheets = (await RunAsync("pdftotext", rendering.Document(".pdf"), "-")).Split('\f')[..^1];
        sheets.Length.ShouldBe(4);
        sheets[2].ShouldContain("later");
        sheets.ShouldAllBe(sheet => sheet.Contains("Below"));
    }

    [Fact]
    public async Task Scripts_of_the_document_reach_no_network_and_no_files_of_this_machine()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            """
            ---
            title: Curious
            format: pdf
            ---

            ```{=html}
            <iframe src="file:///etc/hostname" title="t"></iframe><p id="answer">waiting</p>
            <script>
              fetch("http://127.0.0.1:1/").then(() => "reached", () => "refused")
                .then((text) => { document.getElementById("answer").textContent = text; });
            </script>
            ```
            """
        );

        var text = await RunAsync("pdftotext", rendering.Document(".pdf"), "-");
        text.ShouldContain("refused");
        text.ShouldNotContain(Environment.MachineName);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var result = await ProcessRunner.RunAsync(
            new ProcessSpec(program, arguments) { Timeout = TimeSpan.FromSeconds(30) },
            TestContext.Current.CancellationToken
        );
        result.Succeeded.ShouldBeTrue(result.Error);
        return result.Output;
    }
}
