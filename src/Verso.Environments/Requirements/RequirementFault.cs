namespace Verso.Environments.Requirements;

/// <param name="Line">Counted from 1; 0 when the whole file is at fault.</param>
/// <param name="Message">A sentence: what is wrong and what to do.</param>
public sealed record RequirementFault(int Line, string Message)
{
    /// <summary>One sentence for several.</summary>
    internal static string Summary(IReadOnlyList<RequirementFault> faults) =>
        faults.Count == 1 ? faults[0].ToString() : $"{faults[0]} (and {faults.Count - 1} more)";

    public override string ToString() =>
        Line == 0 ? $"{RequirementsFile.Name}: {Message}" : $"{RequirementsFile.Name}:{Line}: {Message}";
}
