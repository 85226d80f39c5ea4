using System.Globalization;

namespace Verso.Sandboxing;

/// <summary>
/// A control group of one run's own, which holds the whole tree's memory and processes. Version 2 is used where the
/// controllers are delegated to us, else version 1 where its folders can be written.
/// </summary>
internal sealed class ControlGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private readonly List<string> _folders = [];
    private bool _isVersion2;

    private ControlGroup() { }

    /// <summary>
    /// The files to which the run's first process, while it has one thread, writes 0 to join. In version 1 that is
    /// <c>tasks</c>: a thread that moves itself takes no lock of the whole system, for which <c>cgroup.procs</c> waits
    /// some 10 ms.
    /// </summary>
    public IReadOnlyList<string> Entrances =>
        [.. _folders.Select(folder => Path.Combine(folder, _isVersion2 ? "cgroup.procs" : "tasks"))];

    /// <summary>Null where this process may make none.</summary>
    /// <param name="name">No other group has it.</param>
    public static ControlGroup? TryCreate(string name, SandboxLimits limits)
    {
        var group = new ControlGroup();
        var memory = ((long)limits.MemoryMiB << 20).ToString(CultureInfo.InvariantCulture);
        var processes = limits.Processes.ToString(CultureInfo.InvariantCulture);
        try
        {
            if (DelegatedVersion2() is { } parent)
            {
                group._isVersion2 = true;
                var folder = group.Make(Path.Combine(parent, name));
                File.WriteAllText(Path.Combine(folder, "memory.max"), memory);
                File.WriteAllText(Path.Combine(folder, "memory.swap.max"), "0");
                File.WriteAllText(Path.Combine(folder, "pids.max"), processes);
                return group;
            }
            File.WriteAllText(Path.Combine(group.Make($"{Root}/memory/{name}"), "memory.limit_in_bytes"), memory);
            File.WriteAllText(Path.Combine(group.Make($"{Root}/pids/{name}"), "pids.max"), processes);
            return group;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            group.Dispose();
            return null;
        }
    }

    /// <summary>Removes the group of a run whose maker was killed; false while a process of it is still on its way out.</summary>
    /// <remarks>
    /// A bubblewrap that is killed while it sets up leaves a child that waits for it for ever: it has not asked yet to die
    /// with its parent.
    /// </remarks>
    public static bool TryRemove(string name)
    {
        string[] parents =
        [
            $"{Root}/memory",
            $"{Root}/pids",
            .. DelegatedVersion2() is { } parent ? [parent] : (string[])[],
        ];
        var folders = parents.Select(parent => Path.Combine(parent, name)).Where(Directory.Exists).ToList();
        try
        {
            SpinWait.SpinUntil(() => KillWhoIsLeft(folders), TimeSpan.FromSeconds(1));
            foreach (var folder in folders)
                Directory.Delete(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a process was killed for the tree's memory.</summary>
    public bool RanOutOfMemory =>
        Counter("memory.oom_control", "oom_kill") > 0 || Counter("memory.events", "oom_kill") > 0;

    /// <summary>Whether a process or thread was refused for their number.</summary>
    public bool RanOutOfProcesses => Counter("pids.events", "max") > 0;

    /// <summary>Kills whatever is left of the run, and removes the group.</summary>
    public void Dispose()
    {
        // Those that die with bubblewrap may take a moment; the run is over once nobody is left.
        SpinWait.SpinUntil(() => KillWhoIsLeft(_folders), TimeSpan.FromSeconds(5));
        foreach (var folder in _folders)
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // A process of it is still on its way out; an empty group costs next to nothing.
            }
    }

    private static bool KillWhoIsLeft(IReadOnlyList<string> folders)
    {
        var left = folders.SelectMany(folder => File.ReadLines(Path.Combine(folder, "cgroup.procs"))).ToList();
        foreach (var process in left)
            _ = Libc.Kill(int.Parse(process), Libc.SIGKILL);
        return left.Count == 0;
    }

    private string Make(string folder)
    {
        // One that is there already belongs to somebody else, and a missing parent means no such controller.
        if (!Directory.Exists(Path.GetDirectoryName(folder)))
            throw new DirectoryNotFoundException(folder);
        _folders.Add(Directory.CreateDirectory(folder).FullName);
        return folder;
    }

    private static string? DelegatedVersion2()
    {
        var own = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::"));
        if (own is null)
            return null;
        var folder = Root + own["0::".Length..].TrimEnd('/');
        var controllers = Path.Combine(folder, "cgroup.subtree_control");
        return
            File.Exists(controllers)
            && File.ReadAllText(controllers).Split(' ', '\n') is var on
            && on.Contains("memory")
            && on.Contains("pids")
            ? folder
            : null;
    }

    private long Counter(string file, string key) =>
        _folders
            .Select(folder => Path.Combine(folder, file))
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length == 2 && fields[0] == key)
            .Sum(fields => long.Parse(fields[1]));
}
