namespace Verso.Cli;

internal static class ExitCodes
{
    public const int Success = 0;
    public const int DocumentFailed = 1;
    public const int Usage = 2;
    public const int OwnFault = 3;
}
