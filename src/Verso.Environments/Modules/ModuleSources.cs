namespace Verso.Environments.Modules;

/// <summary>What an installation knows of modules besides the tables that come with the program.</summary>
/// <param name="Wheelhouses">What the operator's own wheels bring; null when there are none.</param>
/// <param name="OwnersEnvironments">What environments of the same owner hold; null when nobody knows whose they are.</param>
public sealed record ModuleSources(IModuleSource? Wheelhouses, IModuleSource? OwnersEnvironments)
{
    public static readonly ModuleSources None = new(null, null);
}
