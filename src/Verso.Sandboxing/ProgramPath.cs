namespace Verso.Sandboxing;

public static class ProgramPath
{
    /// <summary>The absolute path of a program: itself when it has a slash, else the first of that name on PATH.</summary>
    public static string? TryFind(string fileName)
    {
        if (fileName.Contains('/'))
            return IsExecutable(fileName) ? Path.GetFullPath(fileName) : null;
        var folders = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
        return folders
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, fileName))
            .FirstOrDefault(IsExecutable);
    }

    /// <exception cref="ProgramNotFoundException">Nothing executable of that name.</exception>
    public static string Find(string fileName) => TryFind(fileName) ?? throw new ProgramNotFoundException(fileName);

    private const UnixFileMode Execute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & Execute) != UnixFileMode.None;
}
