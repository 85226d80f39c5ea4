using System.IO.Enumeration;
using System.Security.Cryptography;
using Verso.Sandboxing;

namespace Verso.Environments.Wheels;

/// <summary>
/// Compares environments with what their wheels' manifests say. A linked file is the store's own, which is hashed once
/// however many environments have it; keep one of these for all that are looked at.
/// </summary>
internal sealed class EnvironmentVerifier
{
    private const int Threads = 2;

    private readonly Dictionary<string, IReadOnlySet<string>> _damaged = [];

    /// <summary>The stored wheels in which something was found that is not what their manifests say.</summary>
    public IEnumerable<WheelKey> DamagedWheels =>
        _damaged
            .Where(wheel => wheel.Value.Count > 0)
            .Select(wheel => new WheelKey(
                Path.GetFileName(Path.GetDirectoryName(wheel.Key))!,
                Path.GetFileName(wheel.Key)
            ));

    /// <summary>What of an environment is not what was made.</summary>
    /// <param name="own">What Verso itself put there after linking, such as the kernelspec: content by path inside.</param>
    public IReadOnlyList<EnvironmentDifference> Verify(
        EnvironmentPlan plan,
        VirtualEnvironmentTemplate template,
        IReadOnlyDictionary<string, byte[]> own
    )
    {
        var here = Entries(plan.Directory);
        var differences = new List<EnvironmentDifference>();
        var expected = template.Entries.Select(entry => entry.Path).Concat(own.Keys).ToHashSet();
        foreach (var path in own.Keys.Concat(plan.Folders))
            for (var folder = path; folder.Length > 0; folder = Path.GetDirectoryName(folder)!)
                expected.Add(folder);

        void Compare(string path, string? wheel, Func<string, bool> isSame)
        {
            if (!here.Contains(path))
                differences.Add(new EnvironmentDifference(path, DifferenceKind.Missing, wheel));
            else if (!isSame(Path.Combine(plan.Directory, path)))
                differences.Add(new EnvironmentDifference(path, DifferenceKind.Changed, wheel));
        }
        foreach (var entry in template.Entries.Where(entry => !own.ContainsKey(entry.Path)))
            Compare(entry.Path, null, path => IsSame(path, entry, plan.Directory));
        foreach (var (path, content) in own)
            Compare(path, null, place => Hash(place) == Hash(content));
        foreach (var file in plan.Files.Values.Where(file => !own.ContainsKey(file.Path)))
            Compare(file.Path, file.Wheel.Manifest.FileName, path => IsSame(path, file));
        differences.AddRange(
            here.Where(path => !expected.Contains(path) && !plan.Files.ContainsKey(path))
                .Select(path => new EnvironmentDifference(path, DifferenceKind.Extra, null))
        );
        return [.. differences.OrderBy(difference => difference.Path, StringComparer.Ordinal)];
    }

    /// <summary>The paths of a stored wheel's files that are not what its manifest says.</summary>
    public IReadOnlySet<string> Damaged(StoredWheel wheel)
    {
        if (!_damaged.TryGetValue(wheel.Directory, out var damaged))
            _damaged[wheel.Directory] = damaged = wheel
                .Manifest.Files.AsParallel()
                .WithDegreeOfParallelism(Threads)
                .Where(file => Hash(Path.Combine(wheel.Tree, file.Path)) != file.Sha256)
                .Select(file => file.Path)
                .ToHashSet();
        return damaged;
    }

    private bool IsSame(string path, PlannedFile file) =>
        file switch
        {
            // RECORD and REQUESTED stand beside the tree.
            PlannedFile.Linked linked when linked.IsInTree && FileIdentity.Of(path) == FileIdentity.Of(linked.Source) =>
                !Damaged(linked.Wheel).Contains(linked.Path),
            PlannedFile.Linked linked => Hash(path) == linked.Sha256,
            PlannedFile.Written written => Hash(path) == Hash(written.Content),
            _ => false,
        };

    private static bool IsSame(string path, TemplateEntry entry, string directory) =>
        entry.LinkTarget is not null ? new FileInfo(path).LinkTarget == entry.LinkTarget
        : entry.Text is not null ? Hash(path) == Hash(entry.ContentAt(directory))
        : new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    private static HashSet<string> Entries(string directory) =>
        [
            .. new FileSystemEnumerable<string>(
                directory,
                (ref FileSystemEntry entry) => Path.GetRelativePath(directory, entry.ToFullPath()),
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
            )
            {
                ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                    !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            },
        ];

    // Null for what is no regular file, which is the same as nothing that is expected.
    private static string? Hash(string path)
    {
        using var file = RegularFile.Open(path);
        return file is null ? null : Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
