using System.Text;

namespace Verso.Testing;

/// <summary>An entry put into a wheel exactly as said, whatever its path: absolute, upwards, doubled.</summary>
public sealed record RawEntry(string Path, ReadOnlyMemory<byte> Content)
{
    private const int RegularFile = 0x8000;
    private const int SymbolicLink = 0xA000;

    public RawEntry(string path, string text)
        : this(path, Encoding.UTF8.GetBytes(text)) { }

    public UnixFileMode Mode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Marks the entry as a symbolic link, its content being the target.</summary>
    public bool IsLink { get; init; }

    /// <summary>Whether RECORD names the entry.</summary>
    public bool Recorded { get; init; } = true;

    // A zip keeps the Unix file type and mode in the upper half of the external attributes.
    internal int ExternalAttributes => ((IsLink ? SymbolicLink : RegularFile) | (int)Mode) << 16;
}
