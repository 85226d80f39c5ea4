namespace Verso.Environments.Interpreters;

/// <summary>The configured <c>python3</c> whose system site-packages hold the curated stack.</summary>
/// <param name="Path">As configured, absolute: what virtualenvs are made with.</param>
/// <param name="SearchPath">The existing folders of its <c>sys.path</c>.</param>
/// <param name="Packages">Version by name as the distributions spell it.</param>
public sealed record BaseInterpreter(
    string Path,
    string Implementation,
    string RealPath,
    string Version,
    string Abi,
    string Platform,
    IReadOnlyList<string> SearchPath,
    IReadOnlyDictionary<string, string> Packages
)
{
    /// <summary>Names the curated stack: it is visible in every environment, so it is part of what one resolves to.</summary>
    public string Fingerprint { get; } =
        CanonicalJson.Hash(Packages.Select(package => $"{package.Key}=={package.Value}").Order(StringComparer.Ordinal));

    /// <summary>What its compiled files carry in their names, such as <c>cpython-311</c>.</summary>
    public string CacheTag { get; init; } = "";

    /// <summary>Where its virtualenvs have their packages, inside their folder: <c>lib/python3.11/site-packages</c>.</summary>
    public string SitePackages { get; init; } = "";

    /// <summary>The tags of the wheels that it can use, the best first; none when it has no pip.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Values of the variables of markers, such as <c>python_version</c>.</summary>
    public IReadOnlyDictionary<string, string> MarkerValues { get; init; } = new Dictionary<string, string>();

    /// <summary>What each of its packages needs, by normalised name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Requires { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What running it needs besides the system's own folders: nothing for a system's Python.</summary>
    public IReadOnlyList<string> FoldersOutsideSystem =>
        [
            .. SearchPath
                .Append(System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(RealPath))!)
                .Append(System.IO.Path.GetDirectoryName(Path)!)
                .Where(folder => folder != "/usr" && !SystemFolders.Any(folder.StartsWith))
                .Distinct(),
        ];

    private static readonly string[] SystemFolders = ["/usr/", "/bin", "/lib"];
}
