namespace Verso.Environments;

/// <summary>The section <c>PackageIndex</c> of the configuration: where packages come from.</summary>
public sealed record PackageIndexOptions
{
    /// <summary>The index that is asked (PEP 503 or 691); empty for none.</summary>
    public string Upstream { get; init; } = "https://pypi.org/simple/";

    /// <summary>Folders of wheels.</summary>
    public IReadOnlyList<string> Wheelhouses { get; init; } = [];

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (Upstream.Length > 0 && !IsWebAddress(Upstream))
            yield return $"PackageIndex:Upstream is '{Upstream}'; it must be an http or https address, or empty for none.";
        for (var i = 0; i < Wheelhouses.Count; i++)
            if (!Path.IsPathRooted(Wheelhouses[i]))
                yield return $"PackageIndex:Wheelhouses:{i} is '{Wheelhouses[i]}'; it must be an absolute path.";
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
