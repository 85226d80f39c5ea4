using System.Text.Json;
using Verso.Environments.Store;

namespace Verso.Environments.Wheels;

/// <summary>
/// A wheel in the store, complete:
/// <code>
/// manifest.json      what it is and holds
/// tree/              its files where an environment has them, compiled modules and INSTALLER included, RECORD not
/// record             the RECORD of an environment where something else needs it
/// record.requested   the RECORD of one where it was asked for
/// requested          the empty REQUESTED of that
/// space.json         what all this takes up; touched when somebody links from it
/// </code>
/// Scripts that ask for the environment's Python stand in the tree as they came; RECORD is then made for each environment.
/// </summary>
internal sealed record StoredWheel(string Directory, WheelManifest Manifest)
{
    public DiskSpace Space => ReadSpace(Directory);

    public string Tree => TreeOf(Directory);

    public string RequestedFile => Path.Combine(Directory, "requested");

    public string RecordFile(bool requested) => Path.Combine(Directory, requested ? "record.requested" : "record");

    /// <summary>Whether its files in an environment depend on where that is.</summary>
    public bool HasScripts => Manifest.EntryPoints.Count > 0 || Manifest.Files.Any(file => file.NamesPython);

    public static string SpaceFileOf(string directory) => Path.Combine(directory, "space.json");

    public static string TreeOf(string directory) => Path.Combine(directory, "tree");

    public static StoredWheel? TryRead(string directory) =>
        StoreJson.TryRead<WheelManifest>(Path.Combine(directory, "manifest.json")) is { } manifest
            ? new StoredWheel(directory, manifest)
            : null;

    public static DiskSpace ReadSpace(string directory) =>
        StoreJson.TryRead<SpaceText>(SpaceFileOf(directory)) is { } text
            ? new DiskSpace(text.Bytes, text.Files)
            : default;

    /// <summary>Counts the wheel's files and folders, this one included.</summary>
    public void WriteSpace()
    {
        var file = SpaceFileOf(Directory);
        NewFile.Write(file, []);
        var space = DiskSpace.OfTree(Directory);
        File.WriteAllBytes(
            file,
            JsonSerializer.SerializeToUtf8Bytes(new SpaceText(space.Bytes, space.Files), StoreJson.Options)
        );
    }

    public void WriteManifest() =>
        NewFile.Write(
            Path.Combine(Directory, "manifest.json"),
            JsonSerializer.SerializeToUtf8Bytes(Manifest, StoreJson.Options)
        );

    private sealed record SpaceText(long Bytes, long Files);
}
