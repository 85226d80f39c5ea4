using System.Text.Json;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Requirements;

/// <summary>What Python's packaging library makes of requirement lines.</summary>
internal static class PackagingOracle
{
    public static async Task<IReadOnlyList<Verdict>> AskAsync(
        IEnumerable<Case> cases,
        CancellationToken cancellationToken
    )
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Requirements", "packaging_oracle.py");
        var result = await ProcessRunner.RunAsync(
            new ProcessSpec("/usr/bin/python3", "-I", script)
            {
                Input = JsonSerializer.Serialize(cases, JsonSerializerOptions.Web),
            },
            cancellationToken
        );
        result.Error.ShouldBe("");
        return JsonSerializer.Deserialize<List<Verdict>>(result.Output, JsonSerializerOptions.Web)!;
    }

    /// <param name="Canonical">The same line as Verso writes it for pip, or null when Verso refuses it.</param>
    public sealed record Case(string Line, string? Canonical);

    /// <param name="Text">The line without its comment.</param>
    /// <param name="Meaning">Null when packaging refuses the line.</param>
    public sealed record Verdict(string Text, Meaning? Meaning, Meaning? OfCanonical, Meaning? OfCanonicalToPip);

    public sealed record Meaning(
        string Name,
        IReadOnlyList<string> Extras,
        IReadOnlyList<string> Specifiers,
        string Marker
    )
    {
        public override string ToString() =>
            $"{Name}[{string.Join(',', Extras)}]{string.Join(',', Specifiers)};{Marker}";
    }
}
