namespace Verso.Environments.Modules;

/// <summary>The modules that a RECORD lists.</summary>
internal static class RecordedModules
{
    /// <returns>
    /// The dotted name of each module and package. A top-level package with code of its own has its name with a dot behind
    /// it too: whatever is asked for in it can only come from there.
    /// </returns>
    public static IEnumerable<string> In(TextReader record)
    {
        while (record.ReadLine() is { } line)
        {
            // A path with a comma in it is quoted, and no module's.
            var parts = line.Split(',')[0].Split('/');
            if (parts[^1] is not { Length: > 3 } file || parts[0].EndsWith(".data") || !TryName(file, out var name))
                continue;
            var folders = parts[..^1];
            if (!folders.Append(name).All(IsIdentifier))
                continue;
            for (var depth = 1; depth <= folders.Length; depth++)
                yield return string.Join('.', folders[..depth]);
            if (name != "__init__")
                yield return string.Join('.', [.. folders, name]);
            else if (folders.Length == 1)
                yield return folders[0] + ".";
        }
    }

    /// <summary>Whether one of these names is what an import asks for, or holds it.</summary>
    public static bool Answers(string name, string module) =>
        name == module || name[^1] == '.' && name[..^1] == module.Split('.')[0];

    // x.py, or compiled: x.so, x.abi3.so, x.cpython-311-x86_64-linux-gnu.so
    private static bool TryName(string file, out string name)
    {
        name = file[..Math.Max(file.IndexOf('.'), 0)];
        return file.EndsWith(".so") || file.EndsWith(".py") && file.Length == name.Length + ".py".Length;
    }

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => c == '_' || char.IsLetterOrDigit(c));
}
