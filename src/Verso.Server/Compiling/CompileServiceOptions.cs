using System.Net;
using Verso.Server.Settings;

namespace Verso.Server.Compiling;

/// <summary>The section <c>Compile</c> of the configuration.</summary>
public sealed record CompileServiceOptions
{
    /// <summary>Where a process that only compiles listens.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:3013";

    /// <summary>What clients send as <c>Authorization: Bearer</c>; may be empty on loopback.</summary>
    public string Key { get; init; } = "";

    /// <summary>Where projects' files are while they are compiled, and what came out. One service's alone.</summary>
    public string Directory { get; init; } = "/var/lib/overleaf/data/compiles";

    /// <summary>Compiles at one time; others wait their turn.</summary>
    public int Concurrent { get; init; } = Environment.ProcessorCount;

    /// <summary>How many may wait; one person, or one project, may fill a quarter of it.</summary>
    public int QueueLength { get; init; } = 100;

    /// <summary>What a compile may take that names no time itself.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(3);

    public AnonymousOptions Anonymous { get; init; } = new();

    /// <summary>Schemes, hosts and ports that resources may be downloaded from, such as <c>http://127.0.0.1:3000</c>.</summary>
    public IReadOnlyList<string> ResourceOrigins { get; init; } = [];

    /// <summary>MiB of the largest resource that is downloaded.</summary>
    public int MaxResourceMiB { get; init; } = 50;

    /// <summary>MiB of downloaded resources that are kept for the next compile.</summary>
    public int ResourceCacheMiB { get; init; } = 2048;

    /// <summary>After which time without a compile a project's folder is removed.</summary>
    public TimeSpan UnusedAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Compile services on other machines, which are called instead of compiling in this process.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Listen, UriKind.Absolute, out var listen) || listen.Scheme != Uri.UriSchemeHttp)
            yield return $"Compile:Listen is '{Listen}'; it must be an address such as http://127.0.0.1:3013.";
        else if (!IPAddress.TryParse(listen.IdnHost, out var address))
            yield return $"Compile:Listen is '{Listen}'; its host must be an IP address, such as 127.0.0.1, or 0.0.0.0 for all.";
        else if (Key.Length == 0 && !IPAddress.IsLoopback(address))
            yield return $"Compile:Listen is '{Listen}', which others can reach; set Compile:Key, which clients must send, or listen on 127.0.0.1.";
        if (Key.Length is > 0 and < 16)
            yield return "Compile:Key is too short to be safe; it must have 16 characters or more.";
        if (!Key.All(c => c is > ' ' and <= '~'))
            yield return "Compile:Key has spaces, line ends or other characters that clients cannot send; use letters and digits.";
        if (!Path.IsPathRooted(Directory))
            yield return $"Compile:Directory is '{Directory}'; it must be an absolute path.";
        if (Timeout <= TimeSpan.Zero || Timeout > MaxTimeout)
            yield return $"Compile:Timeout is {Timeout}; it must be more than zero and at most {MaxTimeout}.";
        if (UnusedAfter <= TimeSpan.Zero)
            yield return $"Compile:UnusedAfter is {UnusedAfter}; it must be more than zero, such as 1.00:00:00.";
        (string Name, int Value)[] amounts =
        [
            (nameof(Concurrent), Concurrent),
            (nameof(QueueLength), QueueLength),
            (nameof(MaxResourceMiB), MaxResourceMiB),
            (nameof(ResourceCacheMiB), ResourceCacheMiB),
        ];
        foreach (var (name, value) in amounts)
            if (value < 1)
                yield return $"Compile:{name} is {value}; it must be 1 or more.";
        foreach (var origin in ResourceOrigins.Where(origin => !Origin.IsOne(origin)))
            yield return $"Compile:ResourceOrigins has '{origin}'; it must be a scheme, host and port alone, such as http://127.0.0.1:3000.";
        foreach (var endpoint in Endpoints.Where(endpoint => !Origin.IsOne(endpoint)))
            yield return $"Compile:Endpoints has '{endpoint}'; it must be a scheme, host and port alone, such as http://compile-0:3013.";
        foreach (var fault in Anonymous.Faults())
            yield return fault;
    }

    /// <summary>The longest that any compile may take.</summary>
    internal static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(600);
}
