namespace Verso.Server.Hosting;

/// <summary>What a process does of the server's work.</summary>
public enum ServerRole
{
    /// <summary>Renders projects, over HTTP.</summary>
    Compile,
}
