using Verso.Environments.Gateway;

namespace Verso.Environments;

/// <summary>The section <c>PackageIndex</c> of the configuration: where packages come from.</summary>
public sealed record PackageIndexOptions
{
    /// <summary>
    /// The index that is asked (PEP 691 or 503); empty for none. Credentials may stand in it, as in
    /// <c>https://name:password@host/simple/</c>; they go to that very scheme, host and port and nowhere else.
    /// </summary>
    public string Upstream { get; init; } = "https://pypi.org/simple/";

    /// <summary>Folders of wheels. A name that one of them holds is never asked upstream.</summary>
    public IReadOnlyList<string> Wheelhouses { get; init; } = [];

    /// <summary>Names, and patterns such as <c>acme-*</c>, that are never asked upstream.</summary>
    public IReadOnlyList<string> PrivateNames { get; init; } = [];

    /// <summary>If not empty, the only names (and patterns) that are served, wheelhouses included.</summary>
    public IReadOnlyList<string> AllowedNames { get; init; } = [];

    /// <summary>Names (and patterns) that are not served, wheelhouses included.</summary>
    public IReadOnlyList<string> DeniedNames { get; init; } = [];

    /// <summary>
    /// The hosts, as <c>host</c> or <c>host:port</c>, that files may come from. Empty stands for the upstream's own, and
    /// <c>files.pythonhosted.org</c> when the upstream is PyPI.
    /// </summary>
    public IReadOnlyList<string> FileHosts { get; init; } = [];

    /// <summary>Upstream files younger than this are hidden; zero for none.</summary>
    public TimeSpan MinimumAge { get; init; }

    /// <summary>Bytes of the largest file that is served.</summary>
    public long MaxFileBytes { get; init; } = 2L << 30;

    /// <summary>Bytes that one build may be served or have downloaded for it.</summary>
    public long MaxBuildBytes { get; init; } = 8L << 30;

    /// <summary>Bytes of downloaded files that are kept; the least recently used go first.</summary>
    public long CacheBytes { get; init; } = 10L << 30;

    /// <summary>Whether packages may come from it that not everybody has.</summary>
    internal bool MayHavePrivatePackages =>
        Wheelhouses.Count > 0
        || Uri.TryCreate(Upstream, UriKind.Absolute, out var address) && address.UserInfo.Length > 0;

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (Upstream.Length > 0 && !IsIndexAddress(Upstream))
            yield return $"PackageIndex:Upstream is '{WithoutCredentials(Upstream)}'; it must be an http or https address without a query, or empty for none.";
        for (var i = 0; i < Wheelhouses.Count; i++)
            if (!Path.IsPathRooted(Wheelhouses[i]))
                yield return $"PackageIndex:Wheelhouses:{i} is '{Wheelhouses[i]}'; it must be an absolute path.";
        foreach (
            var (setting, patterns) in ((string, IReadOnlyList<string>)[])
                [
                    (nameof(PrivateNames), PrivateNames),
                    (nameof(AllowedNames), AllowedNames),
                    (nameof(DeniedNames), DeniedNames),
                ]
        )
            for (var i = 0; i < patterns.Count; i++)
                if (!NamePattern.IsValid(patterns[i]))
                    yield return $"PackageIndex:{setting}:{i} is '{patterns[i]}'; it must be a package's name, or the beginning of one and a star, such as acme-*.";
        for (var i = 0; i < FileHosts.Count; i++)
            if (!FileHostPolicy.IsHost(FileHosts[i]))
                yield return $"PackageIndex:FileHosts:{i} is '{WithoutCredentials(FileHosts[i])}'; it must be a host, or host:port, such as files.example.org.";
        if (MinimumAge < TimeSpan.Zero)
            yield return $"PackageIndex:MinimumAge is {MinimumAge}; it must not be negative, such as 7.00:00:00 for a week.";
        if (MaxFileBytes <= 0)
            yield return $"PackageIndex:MaxFileBytes is {MaxFileBytes}; it must be more than zero.";
        if (MaxBuildBytes <= 0)
            yield return $"PackageIndex:MaxBuildBytes is {MaxBuildBytes}; it must be more than zero.";
        if (CacheBytes < 0)
            yield return $"PackageIndex:CacheBytes is {CacheBytes}; it must not be negative.";
    }

    private static bool IsIndexAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address is { Host.Length: > 0, Query: "", Fragment: "" };

    // What is no address at all may still hold a password.
    private static string WithoutCredentials(string text) =>
        text.LastIndexOf('@') is >= 0 and var at ? "…" + text[at..] : text;
}
