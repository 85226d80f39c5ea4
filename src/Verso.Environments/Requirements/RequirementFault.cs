namespace Verso.Environments.Requirements;

/// <param name="Line">Counted from 1; 0 when the whole file is at fault.</param>
/// <param name="Message">A sentence: what is wrong and what to do.</param>
public sealed record RequirementFault(int Line, string Message)
{
    public override string ToString() =>
        Line == 0 ? $"{RequirementsFile.Name}: {Message}" : $"{RequirementsFile.Name}:{Line}: {Message}";
}
