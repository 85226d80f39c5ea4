namespace Verso.Environments.Wheels;

/// <summary>The empty virtualenv of one base interpreter, as its own venv makes it, but for the path it stands at.</summary>
internal sealed record VirtualEnvironmentTemplate(IReadOnlyList<TemplateEntry> Entries)
{
    // No text of venv's holds these.
    public const string DirectoryMark = "\u0001directory\u0001";
    public const string NameMark = "\u0001name\u0001";

    /// <summary>Some 1 ms, where venv takes 60.</summary>
    public void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var entry in Entries)
        {
            var path = Path.Combine(directory, entry.Path);
            if (entry.LinkTarget is not null)
                File.CreateSymbolicLink(path, entry.LinkTarget);
            else if (entry.Text is not null)
                NewFile.Write(path, entry.ContentAt(directory), entry.Executable);
            else
                Directory.CreateDirectory(path);
        }
    }
}

/// <summary>A folder, a link, or a file.</summary>
/// <param name="Path">Inside the environment; each after the folder that it is in.</param>
/// <param name="LinkTarget">Null if it is no link.</param>
/// <param name="Text">Null if it is no file.</param>
internal sealed record TemplateEntry(string Path, string? LinkTarget, string? Text, bool Executable)
{
    public byte[] ContentAt(string directory) =>
        System.Text.Encoding.UTF8.GetBytes(
            Text!
                .Replace(VirtualEnvironmentTemplate.DirectoryMark, directory)
                .Replace(VirtualEnvironmentTemplate.NameMark, System.IO.Path.GetFileName(directory))
        );
}
