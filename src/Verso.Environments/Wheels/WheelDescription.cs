using System.IO.Compression;
using System.Text;
using Verso.Environments.Gateway;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;

namespace Verso.Environments.Wheels;

/// <summary>What the files of a wheel's .dist-info say, as far as installing it needs.</summary>
/// <param name="DistInfo">The folder.</param>
/// <param name="Record">The text of RECORD.</param>
internal sealed record WheelDescription(
    string DistInfo,
    string Name,
    string Version,
    IReadOnlyList<EntryPoint> EntryPoints,
    string Record
)
{
    /// <exception cref="WheelException">Something is missing, another wheel's, or not to be done.</exception>
    public static WheelDescription Read(
        WheelFileName wheel,
        IReadOnlyDictionary<string, ZipArchiveEntry> entries,
        BaseInterpreter interpreter,
        WheelLimits limits
    )
    {
        var distInfo = FindDistInfo(wheel, entries.Keys);
        string? Text(string name) =>
            entries.TryGetValue($"{distInfo}/{name}", out var entry) ? ReadText(wheel, entry, limits) : null;
        string Needed(string name) => Text(name) ?? throw WheelException.Refused(wheel.Text, $"it has no {name} file.");
        var format = Needed("WHEEL");
        CheckFormat(wheel, WheelMetadataText.Field(format, "Wheel-Version"));
        var metadata = Needed("METADATA");
        if (
            WheelMetadataText.Field(metadata, "Name") is not { } name
            || PackageName.Normalize(name) != PackageName.Normalize(wheel.Name)
            || WheelMetadataText.Field(metadata, "Version") is not { } version
            || !IsVersionOf(wheel, version)
        )
            throw WheelException.Refused(wheel.Text, "its METADATA is of another name or version.");
        return new WheelDescription(
            distInfo,
            name,
            version,
            ReadCommands(wheel, Text("entry_points.txt") ?? "", interpreter, limits),
            Needed("RECORD")
        );
    }

    private static string FindDistInfo(WheelFileName wheel, IEnumerable<string> entries)
    {
        var found = entries.Select(entry => entry.Split('/')[0]).Where(name => name.EndsWith(".dist-info")).Distinct();
        if (found.ToList() is not [var only])
            throw WheelException.Refused(wheel.Text, "it does not have exactly one .dist-info folder.");
        var stem = only[..^".dist-info".Length];
        var dash = stem.LastIndexOf('-');
        var isOwn =
            dash > 0
            && PackageName.Normalize(stem[..dash]) == PackageName.Normalize(wheel.Name)
            && IsVersionOf(wheel, stem[(dash + 1)..]);
        return isOwn
            ? only
            : throw WheelException.Refused(wheel.Text, $"its folder {only} is of another name or version.");
    }

    // In file names the + of a local version may be an underscore.
    private static bool IsVersionOf(WheelFileName wheel, string text) =>
        PackageVersion.Normalize(text) == PackageVersion.Normalize(wheel.Version)
        || PackageName.Normalize(text.Replace('+', '-')) == PackageName.Normalize(wheel.Version.Replace('+', '-'));

    private static void CheckFormat(WheelFileName wheel, string? format)
    {
        if (format is null || !format.StartsWith("1."))
            throw WheelException.Refused(wheel.Text, $"its Wheel-Version is '{format}', and only 1 is known.");
    }

    private static IReadOnlyList<EntryPoint> ReadCommands(
        WheelFileName wheel,
        string text,
        BaseInterpreter interpreter,
        WheelLimits limits
    )
    {
        var python = System.Version.Parse(string.Join('.', interpreter.Version.Split('.').Take(2)));
        var commands = EntryPoint.Parse(wheel.Text, text, python);
        if (commands.Count > limits.Commands)
            throw WheelException.Refused(wheel.Text, $"it has more than {limits.Commands:N0} commands.");
        return
            commands.FirstOrDefault(command => InstallPaths.BelongsToVirtualEnvironment("bin/" + command.Name))
                is { } taken
            ? throw WheelException.Refused(
                wheel.Text,
                $"its command '{taken.Name}' would replace one of the virtualenv itself."
            )
            : commands;
    }

    private static string ReadText(WheelFileName wheel, ZipArchiveEntry entry, WheelLimits limits)
    {
        using var content = entry.Open();
        var text = new byte[Math.Min(entry.Length, limits.MetadataBytes) + 1];
        var length = content.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length <= limits.MetadataBytes
            ? Encoding.UTF8.GetString(text, 0, length).TrimStart('\uFEFF')
            : throw WheelException.Refused(
                wheel.Text,
                entry.FullName,
                $"unpacks to more than {limits.MetadataBytes:N0} bytes."
            );
    }
}
