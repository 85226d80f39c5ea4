using System.Text.RegularExpressions;

namespace Verso.Environments.Wheels;

/// <summary>A command that a wheel asks for.</summary>
/// <param name="Callable">Inside the module, maybe dotted.</param>
/// <param name="IsGui">Makes no difference here but for the order.</param>
internal sealed partial record EntryPoint(string Name, string Module, string Callable, bool IsGui)
{
    /// <summary>The commands in the order in which pip makes them: the later of one name wins.</summary>
    /// <param name="text">Of entry_points.txt.</param>
    /// <exception cref="WheelException">One of them cannot be made.</exception>
    public static IReadOnlyList<EntryPoint> Parse(string wheel, string text, Version python)
    {
        var console = new OrderedDictionary<string, string>();
        var gui = new OrderedDictionary<string, string>();
        OrderedDictionary<string, string>? section = null;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line is ['[', .., ']'])
                section = line switch
                {
                    "[console_scripts]" => console,
                    "[gui_scripts]" => gui,
                    _ => null,
                };
            else if (section is not null && line.Length > 0 && line[0] != '#')
            {
                var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
                section[parts[0]] = parts.ElementAtOrDefault(1) ?? "";
            }
        }
        return
        [
            .. WithVersions(console, python).Select(command => Make(wheel, command.Key, command.Value, isGui: false)),
            .. gui.Select(command => Make(wheel, command.Key, command.Value, isGui: true)),
        ];
    }

    private static EntryPoint Make(string wheel, string name, string value, bool isGui)
    {
        var match = Reference().Match(value);
        if (!CommandName().IsMatch(name) || name is "." or "..")
            throw WheelException.Refused(wheel, $"'{name}' in its entry_points.txt cannot be a command's name.");
        if (!match.Success)
            throw WheelException.Refused(
                wheel,
                $"its command '{name}' is '{value}', where module:function is needed, such as package.cli:main."
            );
        return new EntryPoint(name, match.Groups["module"].Value, match.Groups["callable"].Value, isGui);
    }

    // Wheels of pip and setuptools name the commands of the Python they were built with; pip makes those of its own.
    private static IEnumerable<KeyValuePair<string, string>> WithVersions(
        OrderedDictionary<string, string> console,
        Version python
    )
    {
        IEnumerable<KeyValuePair<string, string>> rest = console;
        foreach (
            var (name, versions, others) in (ReadOnlySpan<(string, string[], Regex)>)
                [
                    ("pip", [$"{python.Major}", $"{python.Major}.{python.Minor}"], PipCommand()),
                    ("easy_install", [$"-{python.Major}.{python.Minor}"], EasyInstallCommand()),
                ]
        )
            if (console.TryGetValue(name, out var value) && value.Length > 0)
                rest =
                [
                    .. versions.Prepend("").Select(version => KeyValuePair.Create(name + version, value)),
                    .. rest.Where(command => !others.IsMatch(command.Key)),
                ];
        return rest;
    }

    [GeneratedRegex(@"\A[\w.+-]+\z")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"\A(?<module>\w+(\.\w+)*):(?<callable>\w+(\.\w+)*)\s*(\[[^\[\]]*\])?\z")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\Apip([0-9]+(\.[0-9]+)?)?\z")]
    private static partial Regex PipCommand();

    [GeneratedRegex(@"\Aeasy_install(-[0-9]+\.[0-9]+)?\z")]
    private static partial Regex EasyInstallCommand();
}
