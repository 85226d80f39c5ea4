using System.Collections.Concurrent;
using Verso.Environments.Gateway.Sources;

namespace Verso.Environments.Gateway;

/// <summary>The pages that one build has asked for, each asked for once, and the files that they name.</summary>
/// <param name="closing">When the build ends.</param>
internal sealed class BuildPages(Catalogue catalogue, BuildTicket ticket, CancellationToken closing)
{
    private const int MaxPages = 5000;
    private const int AtOnce = 16;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _names = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<BuildPage>>> _pages = new();
    private readonly ConcurrentDictionary<(string Sha256, string FileName), IndexFile> _named = new();

    /// <exception cref="GatewayException">It is refused, or not to be had.</exception>
    public async Task<BuildPage> FindAsync(string project, CancellationToken cancellationToken)
    {
        var page = _pages.GetOrAdd(project, _ => new(() => AskAsync(project)));
        try
        {
            return await page.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            // Whoever asks for it next may have more luck.
            if (page.Value is { IsCompleted: true, IsCompletedSuccessfully: false })
                _pages.TryRemove(KeyValuePair.Create(project, page));
        }
    }

    /// <summary>Asks for pages before anybody needs them, several at once. What goes wrong, whoever needs one will hear.</summary>
    public Task FindAheadAsync(IEnumerable<string> projects, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            projects,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (project, _) =>
            {
                try
                {
                    if (!cancellationToken.IsCancellationRequested)
                        await FindAsync(project, cancellationToken);
                }
                catch (Exception e)
                    when (e
                            is GatewayException
                                or IOException
                                or UnauthorizedAccessException
                                or OperationCanceledException
                    )
                {
                    // Nobody has asked for it yet.
                }
            }
        );

    /// <returns>Null unless a page has named the file to this build.</returns>
    public IndexFile? FindFile(string sha256, string fileName) => _named.GetValueOrDefault((sha256, fileName));

    /// <summary>What pages have named of a project so far.</summary>
    public IEnumerable<IndexFile> FilesOf(string project) => _named.Values.Where(file => file.Name.Project == project);

    private async Task<BuildPage> AskAsync(string project)
    {
        lock (_lock)
            if (_names.Count < MaxPages)
                _names.Add(project);
            else if (!_names.Contains(project))
                throw new GatewayException($"The build has asked for more than {MaxPages} packages.", statusCode: 429);
        var remarks = new List<string>();
        // Several may wait for it, so that none of them may end it.
        var files = await catalogue.FindAsync(project, ticket, remarks.Add, closing);
        foreach (var file in files ?? [])
            _named[(file.Sha256!, file.Name.FileName)] = file;
        return new BuildPage(files, remarks);
    }
}

/// <param name="Files">What this build may see of the project's; null when nobody knows the project.</param>
/// <param name="Remarks">What a person may want to know of the others.</param>
internal sealed record BuildPage(IReadOnlyList<IndexFile>? Files, IReadOnlyList<string> Remarks);
