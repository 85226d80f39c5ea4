namespace Verso.Testing;

/// <summary>The processes of this machine, as /proc has them.</summary>
public static class ProcessTable
{
    /// <summary>Runs still: neither gone nor a zombie that nobody has waited for.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            // "pid (name) state …", where the name may hold anything.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The processes that one has started, and those that they have.</summary>
    public static IReadOnlyList<int> DescendantsOf(int pid)
    {
        var children = All().ToLookup(ParentOf);
        return [.. Below(pid)];

        IEnumerable<int> Below(int parent) => children[parent].SelectMany(child => Below(child).Prepend(child));
    }

    /// <summary>Those whose command line holds the text.</summary>
    public static IReadOnlyList<int> WithArgument(string text) =>
        [
            .. All()
                .Where(pid => pid != Environment.ProcessId)
                .Where(pid => CommandLine(pid).Contains(text, StringComparison.Ordinal) && IsAlive(pid)),
        ];

    private static IEnumerable<int> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    private static int ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
