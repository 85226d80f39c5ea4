namespace Verso.Environments.Resolving;

/// <summary>A folder for a build's socket: short, as sockets' paths have to be, and closed to everybody else.</summary>
internal sealed class SocketFolder : IDisposable
{
    /// <summary>Inside the sandbox another user connects; nobody else gets past the folder.</summary>
    public const UnixFileMode SocketMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly string _path = Directory.CreateTempSubdirectory("verso-index-").FullName;

    public string Socket => Path.Combine(_path, "index.sock");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
