namespace Verso.Sandboxing;

internal static class ProcessTree
{
    /// <summary>Resident memory of a process and all that descend from it.</summary>
    public static long ResidentBytes(int root)
    {
        var children = new Dictionary<int, List<int>>();
        var resident = new Dictionary<int, long>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var id) && TryRead(folder) is var (parent, pages))
            {
                resident[id] = pages * Environment.SystemPageSize;
                (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(id);
            }
        var total = 0L;
        var open = new Stack<int>([root]);
        while (open.TryPop(out var id))
        {
            total += resident.GetValueOrDefault(id);
            foreach (var child in children.GetValueOrDefault(id) ?? [])
                open.Push(child);
        }
        return total;
    }

    private static (int Parent, long Pages)? TryRead(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            // The command's name stands in parentheses and may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1]), long.Parse(fields[21]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has ended.
        }
    }
}
