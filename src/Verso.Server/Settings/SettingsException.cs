namespace Verso.Server.Settings;

/// <summary>Settings are wrong. Each fault is a sentence that names one.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception("The settings are wrong.")
{
    public IReadOnlyList<string> Faults => faults;
}
