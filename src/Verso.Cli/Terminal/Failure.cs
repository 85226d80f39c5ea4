using System.Text.Json.Serialization;

namespace Verso.Cli.Terminal;

/// <summary>What a command prints as JSON when there is no result.</summary>
/// <param name="Error">A sentence.</param>
internal sealed record Failure(string Error, IReadOnlyList<Fault> Faults);

/// <summary>One of several things that are wrong.</summary>
/// <param name="Message">A sentence, or the end of one that starts with the place.</param>
internal sealed record Fault(
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line = null
)
{
    public override string ToString() =>
        File is null ? Message
        : Line is null ? $"{File}: {Message}"
        : $"{File}:{Line}: {Message}";
}
