using System.Text.Json.Serialization;

namespace Verso.Server.Compiling.Protocol;

/// <summary>What came of a compile. A client of CLSI passes over what it does not know.</summary>
/// <param name="Error">A sentence, where there is more to say than the status does.</param>
public sealed record CompileResult(CompileStatus Status, string? Error = null)
{
    public CompileStats Stats { get; init; } = new(IsInitialCompile: false);

    /// <summary>Milliseconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Timings { get; init; } = new Dictionary<string, double>();

    public string? BuildId { get; init; }

    public IReadOnlyList<OutputFile> OutputFiles { get; init; } = [];

    public string OutputUrlPrefix { get; init; } = "";

    /// <summary>Null when it did not come to that.</summary>
    public EnvironmentReport? Environment { get; init; }

    public IReadOnlyList<ReportedEntry> LogEntries { get; init; } = [];

    /// <summary>Whether the request itself was at fault.</summary>
    [JsonIgnore]
    public bool IsRefused { get; init; }

    internal CompileResult With(string stage, TimeSpan took) =>
        this with
        {
            Timings = new Dictionary<string, double>(Timings) { [stage] = Math.Round(took.TotalMilliseconds, 1) },
        };

    public static CompileResult Refused(string sentence) => new(CompileStatus.Error, sentence) { IsRefused = true };
}

/// <param name="IsInitialCompile">Nothing of the target was here before.</param>
public sealed record CompileStats(bool IsInitialCompile);

/// <summary>The body of an answer, as CLSI has it.</summary>
public sealed record CompileResultBody(CompileResult Compile);
