using System.Text.Json;
using Verso.Rendering.Engines;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

[NeedsSandbox]
public sealed class ExportTests
{
    [Fact]
    public async Task A_presentation_is_made_in_three_formats_or_it_is_said_which_cannot_be()
    {
        await using var server = await TestServer.StartAsync();
        var request = Request(File("deck.qmd", "---\ntitle: Deck\n---\n\n## One slide\n\nWords\n"));

        var answer = await server.CompileAsync("alpha", request.With("exportMode", "presentation"));

        foreach (
            var (format, output) in new[] { ("revealjs", "deck.html"), ("pdf", "deck.pdf"), ("pptx", "deck.pptx") }
        )
            (
                answer.Outputs.Contains(output)
                || answer.Entries.Any(entry => entry.Level == "error" && entry.Message.Contains(format))
            ).ShouldBeTrue($"{format}: {answer.Compile}");
        answer.Outputs.ShouldContain("output.log");
        answer.Status.ShouldBe(answer.Outputs.Any(path => path != "output.log") ? "success" : "failure");
    }

    [Fact]
    public async Task A_published_document_is_the_start_page_of_a_site()
    {
        await using var server = await TestServer.StartAsync();
        var request = Request(File("report.qmd", "---\nformat: docx\n---\n\nWords"));

        var answer = await server.CompileAsync("alpha", request.With("exportMode", "publish"));

        answer.ShouldBe("success").Outputs.ShouldBe(["index.html", "output.log", "report.html"]);
        (await answer.ReadAsync(server, "index.html")).ShouldContain("Words");
    }

    [Fact]
    public async Task Quarto_is_asked_for_each_format_with_all_that_belongs_to_it_inside()
    {
        using var quarto = new QuartoStandIn();
        await using var server = await WithQuartoAsync(quarto);
        var request = Request(
            File("deck.qmd", "# Words"),
            StandIn(
                "deck.html",
                files: new()
                {
                    ["deck.html"] = "slides",
                    ["deck.pdf"] = "pages",
                    ["deck.pptx"] = "slides too",
                }
            )
        );

        var answer = await server.CompileAsync("alpha", request.With("exportMode", "presentation"));

        answer.ShouldBe("success").Outputs.ShouldContain("deck.html");
        var log = await answer.ReadAsync(server, "output.log");
        log.Split("Verso's log of deck.qmd").Length.ShouldBe(4, log);
        var called = JsonDocument.Parse(System.IO.File.ReadAllText(server.ProjectFile("alpha", "called.json")));
        called.RootElement.GetProperty("arguments").ToString().ShouldContain("pptx"); // the last of the three
    }

    [Fact]
    public async Task A_document_that_is_published_by_Quarto_holds_all_that_belongs_to_it()
    {
        using var quarto = new QuartoStandIn();
        await using var server = await WithQuartoAsync(quarto);
        var request = Request(File("index.qmd", "# Words"), StandIn("index.html", new() { ["index.html"] = "page" }));

        (await server.CompileAsync("alpha", request.With("exportMode", "publish"))).ShouldBe("success");

        var called = JsonDocument.Parse(System.IO.File.ReadAllText(server.ProjectFile("alpha", "called.json")));
        var arguments = string.Join(' ', called.RootElement.GetProperty("arguments").EnumerateArray());
        arguments.ShouldContain("--to html --metadata embed-resources:true");
    }

    [Fact]
    public async Task A_site_is_published_whole_by_Quarto()
    {
        using var quarto = new QuartoStandIn();
        await using var server = await WithQuartoAsync(quarto);
        var request = Request(
            File("index.qmd", "# Start"),
            File("_quarto.yml", "project:\n  type: website\n"),
            StandIn(
                "_site/index.html",
                files: new()
                {
                    ["_site/index.html"] = "start",
                    ["_site/about.html"] = "about",
                    ["_site/site_libs/style.css"] = "",
                }
            )
        );

        var answer = await server.CompileAsync("alpha", request.With("exportMode", "publish"));

        answer.ShouldBe("success").Outputs.ShouldBe(["about.html", "index.html", "output.log", "site_libs/style.css"]);
        (await answer.ReadAsync(server, "about.html")).ShouldBe("about");
    }

    private static Task<TestServer> WithQuartoAsync(QuartoStandIn quarto) =>
        TestServer.StartAsync(settings =>
            settings with
            {
                Rendering = settings.Rendering with { Engine = EngineChoice.Quarto, QuartoPath = quarto.Program },
            }
        );

    // What the program in Quarto's place does.
    private static System.Text.Json.Nodes.JsonObject StandIn(string output, Dictionary<string, string> files) =>
        File(
            "stand-in.json",
            JsonSerializer.Serialize(
                new
                {
                    files,
                    log = JsonSerializer.Serialize(
                        new
                        {
                            msg = $"Output created: {output}\n",
                            level = 20,
                            levelName = "INFO",
                        }
                    ) + "\n",
                }
            )
        );
}
