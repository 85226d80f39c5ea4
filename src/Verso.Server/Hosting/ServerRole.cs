namespace Verso.Server.Hosting;

/// <summary>What a process does of the server's work.</summary>
public enum ServerRole
{
    /// <summary>The workspace: accounts, projects, sharing.</summary>
    Web,

    /// <summary>Renders projects: for the workspace of the same process, or over HTTP where there is none.</summary>
    Compile,
}
