namespace Verso.Environments.Modules;

/// <summary>Somewhere packages are kept, and so known to bring certain modules.</summary>
public interface IModuleSource
{
    /// <returns>The normalised names of the packages that bring the module, or something in it.</returns>
    IReadOnlyCollection<string> PackagesOf(string module);
}
