using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Tests;

/// <summary>A store, an index of wheels on loopback and projects, all of one test.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private int _projects;

    private StoreFixture(TemporaryDirectory directory, TestIndex index)
    {
        (_directory, Index) = (directory, index);
        Options = new EnvironmentsOptions
        {
            Enabled = true,
            StoreDirectory = directory.Combine("store"),
            BuildWait = Timeout.InfiniteTimeSpan,
        };
        IndexOptions = new PackageIndexOptions { Upstream = index.Url.ToString() };
    }

    public TestIndex Index { get; }

    public EnvironmentsOptions Options { get; set; }

    public PackageIndexOptions IndexOptions { get; set; }

    public SandboxOptions SandboxOptions { get; set; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public StoreLayout Layout => new(Options);

    /// <summary>Folders and files of environments and of unfinished builds.</summary>
    public IReadOnlyList<string> Leftovers =>
        [.. new[] { "environments", "staging" }.SelectMany(folder => EntriesOf(Path.Combine(Layout.Root, folder)))];

    public static async Task<StoreFixture> StartAsync(params TestWheel[] wheels)
    {
        var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.Combine("index"));
        foreach (var wheel in wheels)
            wheel.WriteTo(directory.Combine("index"));
        return new StoreFixture(directory, await TestIndex.StartAsync(directory.Combine("index")));
    }

    /// <summary>A store as another process would have it: nothing but the files is shared.</summary>
    public EnvironmentStore NewStore() => new(Options, IndexOptions, new Sandbox(SandboxOptions), Time);

    /// <summary>A project's folder with these requirements.</summary>
    public string Project(params string[] lines)
    {
        var name = $"project{Interlocked.Increment(ref _projects)}";
        return Path.GetDirectoryName(_directory.Write($"{name}/requirements.vrf", string.Join('\n', lines)))!;
    }

    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    public string Write(string relative, string text) => _directory.Write(relative, text);

    public async Task<EnvironmentOutcome.Leased> LeaseAsync(params string[] lines) =>
        (await NewStore().AcquireAsync(Project(lines))).ShouldBeLeased();

    public async Task<EnvironmentOutcome.Base> FailAsync(params string[] lines)
    {
        using var outcome = await NewStore().AcquireAsync(Project(lines));
        return outcome.ShouldBeOfType<EnvironmentOutcome.Base>();
    }

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        _directory.Dispose();
    }

    private static IEnumerable<string> EntriesOf(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder) : [];
}
