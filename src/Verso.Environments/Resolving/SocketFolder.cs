using Verso.Sandboxing;

namespace Verso.Environments.Resolving;

/// <summary>A folder for a build's socket: short, as sockets' paths have to be, and closed to everybody else.</summary>
internal sealed class SocketFolder : IDisposable
{
    /// <summary>Inside the sandbox another user connects; nobody else gets past the folder.</summary>
    public const UnixFileMode SocketMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly StagingDirectory _staging = StagingDirectory.CreateTemporary();

    public string Socket => Path.Combine(_staging.Path, "index.sock");

    public void Dispose() => _staging.Dispose();
}
