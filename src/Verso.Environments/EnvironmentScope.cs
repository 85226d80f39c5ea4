namespace Verso.Environments;

public enum EnvironmentScope
{
    /// <summary>All projects that need the same packages use the same environment.</summary>
    Shared,

    /// <summary>Only projects of one owner do.</summary>
    PerOwner,
}
