namespace Verso.Server.Compiling.Disk;

/// <summary>
/// What stands where under <c>Compile:Directory</c>, versioned so that a later layout never misreads an older one:
/// <code>
/// lock                              flock: the one service that uses the folder
/// v1/projects/&lt;target&gt;/project/      the project's files, where it is rendered; its code writes here
/// v1/projects/&lt;target&gt;/state.json    what was synced; written at each compile, which makes it the clock of last use
/// v1/projects/&lt;target&gt;/builds/&lt;id&gt;/  what came out, whole: put there by one rename
/// v1/projects/&lt;target&gt;/caches/       what the engine keeps from render to render
/// v1/resources/&lt;sha256&gt;             downloaded resources; touched on use
/// v1/addresses/&lt;sha256&gt;             names the content that a URL had; touched on use
/// v1/staging/                       what is unfinished or on its way out; emptied at start
/// </code>
/// </summary>
internal sealed class CompileLayout(string directory)
{
    private readonly string _root = Path.Combine(directory, "v1");

    public string Directory => directory;

    public string Lock => Path.Combine(directory, "lock");

    public string Projects => Path.Combine(_root, "projects");

    public string Resources => Path.Combine(_root, "resources");

    public string Addresses => Path.Combine(_root, "addresses");

    public string Staging => Path.Combine(_root, "staging");

    public TargetFolders Of(string name) => new(Path.Combine(Projects, name));

    /// <summary>A name in the staging folder, at which nothing is yet.</summary>
    public string NewStaging() => Path.Combine(Staging, Guid.NewGuid().ToString("N"));

    public void Create()
    {
        foreach (var folder in new[] { Projects, Resources, Addresses, Staging })
            System.IO.Directory.CreateDirectory(folder);
    }
}

/// <summary>The folders of one target.</summary>
internal sealed record TargetFolders(string Folder)
{
    public string Project => Path.Combine(Folder, "project");

    public string State => Path.Combine(Folder, "state.json");

    public string Builds => Path.Combine(Folder, "builds");

    public string Caches => Path.Combine(Folder, "caches");
}
