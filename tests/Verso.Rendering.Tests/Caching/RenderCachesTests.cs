using Verso.Rendering.Caching;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Caching;

public sealed class RenderCachesTests : IDisposable
{
    private static readonly RenderCacheKey Key = new("/projects/one", "ann", true, "e1");

    private readonly TemporaryDirectory _place = new();
    private readonly LaterTime _time = new();

    public static TheoryData<RenderCacheKey> Others =>
        [
            Key with
            {
                Project = "/projects/two",
            },
            Key with
            {
                Person = "",
            },
            Key with
            {
                Person = "bob",
            },
            Key with
            {
                MayInstall = false,
            },
            Key with
            {
                EnvironmentKey = "e2",
            },
            Key with
            {
                EnvironmentKey = null,
            },
        ];

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_same_key_finds_what_was_left()
    {
        await LeaveAsync(Key);

        (await FindsAsync(Key)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Another_key_starts_without(RenderCacheKey other)
    {
        await LeaveAsync(Key);

        (await FindsAsync(other)).ShouldBeFalse();
        (await FindsAsync(Key)).ShouldBeTrue();
    }

    [Fact]
    public async Task Beside_a_render_of_the_same_key_there_is_an_empty_folder()
    {
        await LeaveAsync(Key);
        await using var first = await OpenAsync(Key);

        await using var second = await OpenAsync(Key);

        (first.IsKept, second.IsKept).ShouldBe((true, false));
        Directory.GetFileSystemEntries(second.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_used_for_a_month_is_removed_and_what_is_in_use_is_not()
    {
        var inUse = Key with { Person = "bob" };
        await LeaveAsync(Key);
        await LeaveAsync(inUse);
        await using (await OpenAsync(inUse))
        {
            _time.Later = TimeSpan.FromDays(31);
            await LeaveAsync(Key with { Person = "eve" });
        }

        (await FindsAsync(inUse)).ShouldBeTrue();
        (await FindsAsync(Key)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_has_grown_beyond_use_is_not_kept()
    {
        await using (var cache = await OpenAsync(Key))
        {
            await LeaveInAsync(cache);
            await using var large = File.Create(Path.Combine(cache.Folder, "large"));
            large.SetLength(2L << 30);
        }

        (await FindsAsync(Key)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_was_locked_hides_nothing()
    {
        await using (var cache = await OpenAsync(Key))
        {
            await LeaveInAsync(cache);
            var locked = Directory.CreateDirectory(Path.Combine(cache.Folder, "locked"));
            await using (var large = File.Create(Path.Combine(locked.FullName, "large")))
                large.SetLength(2L << 30);
            locked.UnixFileMode = UnixFileMode.None;
        }

        (await FindsAsync(Key)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_removed_of_others_fails_no_render()
    {
        Directory.CreateDirectory(_place.Combine("caches/v1/others"));
        Directory.CreateDirectory(_place.Combine("caches/v1/others.lock"));
        Directory.SetLastWriteTimeUtc(_place.Combine("caches/v1/others.lock"), DateTime.UnixEpoch);
        await LeaveAsync(Key);

        (await FindsAsync(Key)).ShouldBeTrue();
    }

    [Fact]
    public async Task However_measuring_ends_the_lock_is_released()
    {
        var path = _place.Write("lock", "");
        // Folders whose permissions nobody can change.
        var cache = new RenderCache("/proc/self/task", FileLock.TryAcquireExclusive(path));

        await cache.DisposeAsync();

        using var again = FileLock.TryAcquireExclusive(path);
        again.ShouldNotBeNull();
    }

    private Task<RenderCache> OpenAsync(RenderCacheKey key) =>
        new RenderCaches(_place.Combine("caches"), _time).OpenAsync(key, _place.Combine($"{Guid.NewGuid():N}"));

    private async Task LeaveAsync(RenderCacheKey key)
    {
        await using var cache = await OpenAsync(key);
        await LeaveInAsync(cache);
    }

    private static Task LeaveInAsync(RenderCache cache) =>
        File.WriteAllTextAsync(Path.Combine(cache.Folder, "left"), "", TestContext.Current.CancellationToken);

    private async Task<bool> FindsAsync(RenderCacheKey key)
    {
        await using var cache = await OpenAsync(key);
        return File.Exists(Path.Combine(cache.Folder, "left"));
    }

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }
}
