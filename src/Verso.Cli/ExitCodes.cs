namespace Verso.Cli;

/// <summary>What the program ends with; a signal that ends it gives 128 and its number, as a shell would.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The document or the project is at fault.</summary>
    public const int DocumentFailed = 1;

    /// <summary>The command or the settings are.</summary>
    public const int Usage = 2;

    /// <summary>The machine or this program is.</summary>
    public const int OwnFault = 3;
}
