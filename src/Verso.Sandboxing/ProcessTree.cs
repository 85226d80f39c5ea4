namespace Verso.Sandboxing;

/// <summary>What a process and all that descend from it use at one moment.</summary>
internal sealed record ProcessTree(long ResidentBytes, TimeSpan CpuTime)
{
    private const int TicksPerSecond = 100; // USER_HZ, the same on every processor that .NET runs on

    public static ProcessTree Measure(int root)
    {
        var children = new Dictionary<int, List<int>>();
        var usage = new Dictionary<int, (long Pages, long Ticks)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var id) && TryRead(folder) is var (parent, pages, ticks))
            {
                usage[id] = (pages, ticks);
                (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(id);
            }
        var (totalPages, totalTicks) = (0L, 0L);
        var open = new Stack<int>([root]);
        while (open.TryPop(out var id))
        {
            var (pages, ticks) = usage.GetValueOrDefault(id);
            (totalPages, totalTicks) = (totalPages + pages, totalTicks + ticks);
            foreach (var child in children.GetValueOrDefault(id) ?? [])
                open.Push(child);
        }
        return new(totalPages * Environment.SystemPageSize, TimeSpan.FromSeconds((double)totalTicks / TicksPerSecond));
    }

    private static (int Parent, long Pages, long Ticks)? TryRead(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            // The command's name stands in parentheses and may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // Own time, and that of children who have ended.
            var ticks = fields[11..15].Sum(long.Parse);
            return (int.Parse(fields[1]), long.Parse(fields[21]), ticks);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has ended.
        }
    }
}
