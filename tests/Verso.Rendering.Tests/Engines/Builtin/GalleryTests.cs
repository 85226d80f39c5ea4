using System.Runtime.CompilerServices;
using AngleSharp.Dom;

namespace Verso.Rendering.Tests.Engines.Builtin;

/// <summary>
/// The documents of <c>examples/gallery</c>, each with what it must come to in a file beside it. A line there is a selector,
/// <c>|</c>, and the text of the first element found (<c>…</c> stands for anything), <c>× n</c> for how many there are, or
/// <c>@attribute value</c>. With <c>log</c> as the selector it is a warning, and there may be no others.
/// </summary>
[NeedsSandbox]
public sealed class GalleryTests(GalleryTests.Gallery gallery) : IClassFixture<GalleryTests.Gallery>
{
    private const int FewestExpectations = 120;

    /// <summary>A copy, so that nothing is rendered into the repository.</summary>
    public sealed class Gallery : IDisposable
    {
        // The sandbox that root starts reads the images as another user.
        private const UnixFileMode ForEverybody = (UnixFileMode)0b111_101_101;

        public Gallery()
        {
            File.SetUnixFileMode(Project.PathOf(""), ForEverybody);
            foreach (var file in Directory.EnumerateFiles(Folder(), "*", SearchOption.AllDirectories))
                if (!file.EndsWith(".html"))
                {
                    var copy = Project.Write(Path.GetRelativePath(Folder(), file), "");
                    File.Copy(file, copy, overwrite: true);
                }
        }

        public Project Project { get; } = new();

        public void Dispose() => Project.Dispose();
    }

    public static TheoryData<string> Documents() =>
        [
            .. Directory
                .EnumerateFiles(Folder(), "*.expected", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Folder(), file)[..^".expected".Length])
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_document_comes_to_what_is_expected(string name)
    {
        var path = gallery.Project.PathOf($"{name}.qmd");
        var rendering = await gallery.Project.RenderAsync(new RenderRequest(path, null, AllowInstall: false));

        var expected = Expectations(name).ToList();
        expected
            .Where(line => line.Selector != "log")
            .Select(line => Difference(rendering.Page, line.Selector, line.Value))
            .OfType<string>()
            .ShouldBeEmpty();
        var warnings = rendering.Result.Log.Select(entry => entry.ToString()).ToList();
        var wanted = expected.Where(line => line.Selector == "log").Select(line => line.Value).ToList();
        warnings.Where(entry => !wanted.Any(text => Matches(entry, text))).ShouldBeEmpty();
        wanted.Where(text => !warnings.Any(entry => Matches(entry, text))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_document_says_what_it_must_come_to()
    {
        var documents = Directory
            .EnumerateFiles(Folder(), "*.qmd")
            .Select(path => Path.GetFileNameWithoutExtension(path));

        documents
            .Where(name => name[0] != '_' && !File.Exists(Path.Combine(Folder(), $"{name}.expected")))
            .ShouldBeEmpty();
        Documents().Sum(row => Expectations(row.Data).Count()).ShouldBeGreaterThanOrEqualTo(FewestExpectations);
    }

    private static IEnumerable<(string Selector, string Value)> Expectations(string name) =>
        from line in File.ReadAllLines(Path.Combine(Folder(), $"{name}.expected"))
        where line.Contains(" | ")
        let at = line.IndexOf(" | ", StringComparison.Ordinal)
        select (line[..at].Trim(), line[(at + 3)..].Trim());

    // What is wrong, in a line that shows both.
    private static string? Difference(IParentNode page, string selector, string value)
    {
        var found = page.QuerySelectorAll(selector);
        if (value.StartsWith("× "))
            return $"{found.Length}" == value[2..] ? null : $"{selector} | × {found.Length}, not {value}";
        if (found.Length == 0)
            return $"{selector} | nothing, not {value}";
        if (value is ['@', .. var attribute])
        {
            var (key, rest) = attribute.Split(' ', 2) is [var one, var two] ? (one, two) : (attribute, "");
            var actual = found[0].GetAttribute(key);
            return actual is not null && Matches(actual, rest) ? null : $"{selector} | @{key} {actual}, not {rest}";
        }
        var text = string.Join(
            ' ',
            found[0].TextContent.Split((char[])[' ', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
        );
        return Matches(text, value) ? null : $"{selector} | {text}, not {value}";
    }

    private static bool Matches(string text, string pattern)
    {
        var parts = pattern.Split('…');
        if (parts.Length == 1)
            return text == pattern;
        var at = parts[0].Length;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal) || !text.EndsWith(parts[^1], StringComparison.Ordinal))
            return false;
        foreach (var part in parts[1..^1])
            if ((at = text.IndexOf(part, at, StringComparison.Ordinal)) < 0)
                return false;
            else
                at += part.Length;
        return at + parts[^1].Length <= text.Length;
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../examples/gallery"));
}
