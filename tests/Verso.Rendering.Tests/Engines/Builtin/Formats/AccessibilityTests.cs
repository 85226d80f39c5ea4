using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

/// <summary>axe-core finds nothing amiss with pages of the gallery, by day or by night (WCAG 2.1 AA and its own good practice).</summary>
[NeedsSandbox]
[Trait("Suite", "Long")]
public sealed partial class AccessibilityTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    private static readonly string Gallery = Path.Combine(Root, "examples/gallery");

    // Which headings there are is the author's affair. What is run replaces the page by what it found.
    private const string Run = """
        <script>addEventListener("load", () => axe
          .run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
            rules: { "heading-order": { enabled: false } },
          })
          .then(({ violations }) => {
            document.documentElement.innerHTML = "<body><pre id=found></pre>";
            document.getElementById("found").textContent = JSON.stringify(
              violations.map((violation) => violation.id + ": " + violation.nodes.map((node) => node.html).join(" ")));
          }));</script>
        """;

    public static TheoryData<string, bool> Pages =>
        [
            .. from page in (string[])
                [
                    .. (string[])["callouts", "cells", "citations", "code-blocks", "contents", "cross-references"],
                    .. (string[])["figures", "footnotes", "layout", "tables", "tabsets", "theorems", "title-block"],
                ]
            from dark in (bool[])[false, true]
            select (page, dark),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_is_found(string page, bool dark)
    {
        var axe = Path.Combine(Root, "tests/axe/node_modules/axe-core/axe.min.js");
        File.Exists(axe).ShouldBeTrue("run: npm ci --prefix tests/axe");
        using var project = new Project();
        // The sandbox that root starts reads them as another user.
        File.SetUnixFileMode(project.PathOf(""), (UnixFileMode)0b111_101_101);
        foreach (var file in Directory.GetFiles(Gallery, "*", SearchOption.AllDirectories))
        {
            var copy = project.PathOf(Path.GetRelativePath(Gallery, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var rendering = await project.RenderAsync(new RenderRequest(project.PathOf($"{page}.qmd"), null, true));
        var html = await File.ReadAllTextAsync(rendering.Document(".html"), TestContext.Current.CancellationToken);
        var path = project.Write(
            "axe.html",
            html.Insert(
                html.LastIndexOf("</body>"),
                $"<script>{await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken)}</script>{Run}"
            )
        );

        var dom = await DumpAsync(path, project.PathOf("chromium"), dark);

        var found = WebUtility.HtmlDecode(Found().Match(dom).Groups["found"].Value);
        JsonSerializer.Deserialize<string[]>(found).ShouldBeEmpty();
    }

    private static async Task<string> DumpAsync(string path, string profile, bool dark)
    {
        string[] arguments =
        [
            .. (string[])["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={profile}"],
            .. (string[])["--virtual-time-budget=20000", "--window-size=1280,900", "--dump-dom"],
            $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}",
            $"file://{path}",
        ];
        var spec = new ProcessSpec("chromium", arguments)
        {
            Timeout = TimeSpan.FromMinutes(2),
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = profile },
        };
        var result = await ProcessRunner.RunAsync(spec, TestContext.Current.CancellationToken);
        result.Succeeded.ShouldBeTrue(result.Error);
        return result.Output;
    }

    [GeneratedRegex("<pre id=\"found\">(?<found>.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Found();
}
