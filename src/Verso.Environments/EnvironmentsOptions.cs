namespace Verso.Environments;

/// <summary>The section <c>Environments</c> of the configuration.</summary>
public sealed record EnvironmentsOptions
{
    /// <summary>Whether projects may bring packages of their own at all.</summary>
    public bool Enabled { get; init; }

    /// <summary>The base interpreter: a path, or a name looked up on PATH.</summary>
    public string Python { get; init; } = "/usr/bin/python3";

    /// <summary>Where the store stands; <c>PYTHON_VENVS_DIR</c> names it too.</summary>
    public string StoreDirectory { get; init; } = "/var/lib/overleaf/data/python-venvs";

    /// <summary>Joins the keys, so that an operator can turn away from every environment built so far.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Python))
            yield return "Environments:Python is empty; name the base interpreter, such as /usr/bin/python3.";
        if (!Path.IsPathRooted(StoreDirectory))
            yield return $"Environments:StoreDirectory (or PYTHON_VENVS_DIR) is '{StoreDirectory}'; it must be an absolute path.";
    }
}
