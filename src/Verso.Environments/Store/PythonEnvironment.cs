namespace Verso.Environments.Store;

/// <summary>A finished virtualenv that nothing may write to.</summary>
public sealed record PythonEnvironment(string Directory, EnvironmentRecord Record)
{
    public string Key => Record.Key;

    /// <summary>Enough of the key for people to tell environments apart.</summary>
    public string ShortKey => Key[..12];

    public string Python => Path.Combine(Directory, "bin", "python");
}
