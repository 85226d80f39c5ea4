using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Verso.Environments.Store;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Tests.Logs.Quarto;

/// <summary>
/// Real logs of Quarto 1.10.18 and 1.6.43, each with the entries it is read as (<c>NAME.expected.json</c>). With
/// VERSO_ACCEPT=1 these files are written instead: look at what changed before it is committed.
/// </summary>
public sealed partial class QuartoLogTests
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("VERSO_ACCEPT") is "1";

    // What the log does not name: the document of a run that failed before it got to one.
    private static readonly Dictionary<string, string> DocumentOf = new()
    {
        ["d1_python_without_jupyter"] = "simple",
        ["d2_no_ipykernel_system_kernelspec"] = "simple",
        ["d3_no_ipykernel_kernel_dies"] = "simple",
        ["d4_no_ipykernel_no_kernelspec"] = "simple",
        ["d5_quarto_python_missing"] = "simple",
        ["daemon_cv2"] = "cv2",
        ["daemon_success"] = "success",
        ["format_pdf"] = "doc",
        ["format_revealjs"] = "doc",
        ["quiet_cv2"] = "cv2",
        ["v1.6.43_cv2"] = "cv2",
        ["v1.6.43_success"] = "success",
    };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static TheoryData<string> Logs =>
        [
            .. Directory
                .GetFiles(RecordedLog.Cases, "*.txt")
                .Select(path => Path.GetFileName(path))
                .Where(name => !name.EndsWith(".rc.txt"))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Is_read_as_expected(string log)
    {
        var expected = Path.Combine(RecordedLog.Cases, Path.ChangeExtension(log, ".expected.json"));

        var actual = JsonSerializer.Serialize(Read(log, await RunAsync(log)).Select(Golden), Json) + "\n";

        if (Accept)
            File.WriteAllText(expected, actual);
        else
            actual.ShouldBe(File.ReadAllText(expected));
    }

    [Fact]
    public async Task All_forms_of_a_log_are_read_alike()
    {
        var run = await RunAsync("cv2.stderr.txt");

        foreach (var form in (string[])["cv2.log-plain.txt", "cv2.log-json-stream.txt", "daemon_cv2.stderr.txt"])
            Read(form, run).Select(Golden).ShouldBe(Read("cv2.stderr.txt", run).Select(Golden), form);
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Is_read_alike_as_a_stream_of_JSON(string log)
    {
        var run = await RunAsync(log);
        var text = RecordedLog.Read(log);
        if (text.TrimStart().StartsWith('{'))
            return;

        QuartoLog.Read(Stream(text), run).Select(Golden).ShouldBe(QuartoLog.Read(text, run).Select(Golden));
    }

    // As Quarto writes it: errors and warnings without their mark, in a message of their own.
    private static string Stream(string text)
    {
        var lines = new List<string>();
        void Add(string message, string level) =>
            lines.Add(
                JsonSerializer.Serialize(
                    new
                    {
                        msg = message,
                        level = 20,
                        levelName = level,
                        loggerName = "default",
                    }
                )
            );
        var at = 0;
        foreach (Match marked in Marked().Matches(text))
        {
            Add(text[at..marked.Index], "INFO");
            Add(marked.Groups["text"].Value, marked.Groups["level"].Value);
            at = marked.Index + marked.Length;
        }
        Add(text[at..], "INFO");
        return string.Join("\n\n", lines);
    }

    [GeneratedRegex(@"\x1B\[(?:91|33)m(?<level>ERROR|WARN): (?<text>.*?)\x1B\[39m\n?", RegexOptions.Singleline)]
    private static partial Regex Marked();

    private static IReadOnlyList<LogEntry> Read(string log, QuartoRun run) =>
        QuartoLog.Read(RecordedLog.Read(log), run);

    private static async Task<QuartoRun> RunAsync(string log)
    {
        var name = log[..log.IndexOf('.', log.StartsWith("v1.6.43") ? 7 : 0)];
        var project = RecordedLog.Documents;
        var stems = name == "project_abc" ? ["c", "b"] : new[] { DocumentOf.GetValueOrDefault(name, name) };
        var documents = new List<QuartoDocument>();
        foreach (var path in stems.Select(stem => Path.Combine(project, $"{stem}.qmd")).Where(File.Exists))
            documents.Add(await QuartoDocument.LoadAsync(path, TestContext.Current.CancellationToken));
        var exitCode = Path.Combine(RecordedLog.Cases, $"{name}.rc.txt");
        var environment = new EnvironmentOutcome.Base(BaseReason.NoRequirements, "", [], "");
        return new QuartoRun(
            project,
            documents,
            new ModuleAdvisor(project, environment),
            File.Exists(exitCode) ? int.Parse(File.ReadAllText(exitCode)) : 0
        )
        {
            File = stems is [var only] ? $"{only}.qmd" : null,
        };
    }

    // The whole of what it was read from only makes sure that there is some.
    private static object Golden(LogEntry entry) =>
        new
        {
            entry.Level,
            entry.Message,
            entry.Advice,
            entry.File,
            entry.Line,
            entry.Cell,
            LastOfRaw = entry.Raw?.Split('\n')[^1],
        };
}
