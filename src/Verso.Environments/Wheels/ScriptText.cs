using System.Text;

namespace Verso.Environments.Wheels;

/// <summary>The programs in an environment's bin folder, which hold its interpreter's path: as pip writes them.</summary>
internal static class ScriptText
{
    private const int LongestShebang = 127;

    public static byte[] OfEntryPoint(string python, EntryPoint entryPoint) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {{Shebang(python)}}
            # -*- coding: utf-8 -*-
            import re
            import sys
            from {{entryPoint.Module}} import {{entryPoint.Callable.Split('.')[0]}}
            if __name__ == '__main__':
                sys.argv[0] = re.sub(r'(-script\.pyw|\.exe)?$', '', sys.argv[0])
                sys.exit({{entryPoint.Callable}}())

            """
        );

    /// <summary>Whether a wheel's script asks for the environment's Python by its first line.</summary>
    public static bool NamesPython(ReadOnlySpan<byte> content) => content.StartsWith("#!python"u8);

    /// <param name="content">Begins as <see cref="NamesPython"/> says.</param>
    public static byte[] WithPython(string python, ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf((byte)'\n');
        return [.. Encoding.UTF8.GetBytes($"#!{python}\n"), .. end < 0 ? [] : content[(end + 1)..]];
    }

    // The kernel cuts or refuses what is too long, and splits at spaces; a shell takes either.
    private static string Shebang(string python)
    {
        var fits = !python.Contains(' ') && Encoding.UTF8.GetByteCount(python) + "#!\n".Length <= LongestShebang;
        var quoted = python.Contains(' ') ? $"\"{python}\"" : python;
        return fits ? $"#!{python}" : $"#!/bin/sh\n'''exec' {quoted} \"$0\" \"$@\"\n' '''";
    }
}
