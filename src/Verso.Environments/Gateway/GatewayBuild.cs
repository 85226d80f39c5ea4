using System.Collections.Concurrent;
using System.Security.Cryptography;
using Verso.Environments.Gateway.Sources;

namespace Verso.Environments.Gateway;

/// <summary>
/// One build's access to the gateway, until it is disposed. A page stays as the build saw it first, so that what was
/// resolved is what is installed.
/// </summary>
public sealed class GatewayBuild : IDisposable
{
    private const int MaxPages = 5000;
    private const int MaxRemarks = 200;

    private readonly Lock _lock = new();
    private readonly Action<GatewayBuild> _closed;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<ServedFile> _served = [];
    private readonly List<string> _remarks = [];
    private readonly HashSet<string> _names = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<IndexFile>> _pages = new();
    private readonly ConcurrentDictionary<(string Sha256, string FileName), IndexFile> _files = new();

    internal GatewayBuild(BuildTicket ticket, long maxBytes, Action<GatewayBuild> closed)
    {
        (Ticket, _closed) = (ticket, closed);
        Budget = new ByteBudget(maxBytes);
    }

    /// <summary>Names the build in the log; it opens nothing.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>The first segment of each path that this build may ask: <c>/&lt;token&gt;/simple/</c>.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>What was passed on, each file once, in order.</summary>
    public IReadOnlyList<ServedFile> Served
    {
        get
        {
            lock (_lock)
                return [.. _served];
        }
    }

    /// <summary>
    /// Sentences on what was hidden, refused or not to be had, in order; each explains better than pip's output can why
    /// a version was not found.
    /// </summary>
    public IReadOnlyList<string> Remarks
    {
        get
        {
            lock (_lock)
                return [.. _remarks];
        }
    }

    internal BuildTicket Ticket { get; }

    internal ByteBudget Budget { get; }

    internal CancellationToken Closing => _closing.Token;

    public void Dispose()
    {
        _closed(this);
        _closing.Cancel();
    }

    /// <returns>False when it has been said before, or enough has.</returns>
    internal bool Remark(string sentence)
    {
        lock (_lock)
        {
            if (_remarks.Count == MaxRemarks || _remarks.Contains(sentence))
                return false;
            _remarks.Add(sentence);
            return true;
        }
    }

    internal void Record(ServedFile file)
    {
        lock (_lock)
            if (!_served.Exists(served => (served.Sha256, served.FileName) == (file.Sha256, file.FileName)))
                _served.Add(file);
    }

    /// <returns>The project's files that this build may see; null when nobody knows it.</returns>
    /// <exception cref="GatewayException">They are refused, or not to be had.</exception>
    internal async Task<IReadOnlyList<IndexFile>?> FindAsync(
        string project,
        Catalogue catalogue,
        CancellationToken cancellationToken
    )
    {
        if (_pages.TryGetValue(project, out var known))
            return known;
        lock (_lock)
            if (_names.Count < MaxPages)
                _names.Add(project);
            else if (!_names.Contains(project))
                throw new GatewayException($"The build has asked for more than {MaxPages} packages.", statusCode: 429);
        if (
            await catalogue.FindAsync(project, Ticket, sentence => Remark(sentence), cancellationToken) is not { } found
        )
            return null;
        var page = _pages.GetOrAdd(project, found);
        foreach (var file in page)
            _files[(file.Sha256!, file.Name.FileName)] = file;
        return page;
    }

    internal IndexFile? FindFile(string sha256, string fileName) => _files.GetValueOrDefault((sha256, fileName));
}
