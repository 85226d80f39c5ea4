using System.Text;

namespace Verso.Environments.Tests.Wheels;

/// <summary>A wheel for each thing that an installer has to know.</summary>
internal static class RuleWheels
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static IReadOnlyList<TestWheel> All { get; } =
    [
        new("plain", "1.0"),
        new("package", "1.0")
        {
            Files = Text(
                ("package/__init__.py", "from . import deep\n"),
                ("package/deep/__init__.py", ""),
                ("package/deep/leaf.py", "LEAF = [i for i in range(3)]\n"),
                ("package/data/table.csv", "a,b\n")
            ),
        },
        new("portion-one", "1.0") { Files = Text(("shared_space/one.py", "ONE = 1\n")) },
        new("portion-two", "1.0") { Files = Text(("shared_space/two/__init__.py", "TWO = 2\n")) },
        new("modes", "1.0")
        {
            RawEntries =
            [
                new("modes.py", "x = 1\n") { Mode = ReadWrite },
                new("modes_data/run.sh", "#!/bin/sh\n") { Mode = ReadWrite | UnixFileMode.OtherExecute },
                new("modes_data/setuid", "x") { Mode = ReadWrite | UnixFileMode.SetUser | UnixFileMode.SetGroup },
                new("modes_data/secret", "x") { Mode = UnixFileMode.None },
            ],
        },
        new("libraries", "1.0")
        {
            Files = Text(("libraries.py", "")),
            RawEntries =
            [
                new("libraries-1.0.data/purelib/pure_part.py", "import libraries\n"),
                new("libraries-1.0.data/platlib/plat_part/__init__.py", "import libraries\n"),
            ],
        },
        new("shared-data", "1.0")
        {
            RawEntries =
            [
                new("shared_data-1.0.data/data/share/shared_data/template.tpl", "{{ x }}\n"),
                new("shared_data-1.0.data/data/share/shared_data/tool.py", "x = 1\n"),
                new("shared_data-1.0.data/data/etc/shared_data.conf", "on\n"),
                new("shared_data-1.0.data/data/lib64/shared_data/helper.py", "x = 1\n"),
                new("shared_data-1.0.data/data/bin/shared-data", "#!/bin/sh\n"),
            ],
        },
        new("scripts", "1.0")
        {
            Files = Text(("scripts.py", "")),
            RawEntries =
            [
                Script("scripts", "plain-shell", "#!/bin/sh\necho\n"),
                Script("scripts", "for-python", "#!python\nprint('x')\n"),
                Script("scripts", "with-options", "#!pythonw -E -s\r\nprint('x')\r\n"),
                Script("scripts", "no-end", "#!python"),
                Script("scripts", "tool.py", "#!python\nprint('x')\n"),
                Script("scripts", "sub/inner", "#!python\nprint('x')\n"),
                Script("scripts", "runnable", "#!python\n") with
                {
                    Mode = ReadWrite | UnixFileMode.UserExecute,
                },
                new("scripts-1.0.data/data/share/not-a-script", "#!python\n"),
            ],
        },
        new("headers", "1.0")
        {
            Files = Text(("headers.py", "")),
            RawEntries =
            [
                new("headers-1.0.data/headers/headers.h", "int x;\n"),
                new("headers-1.0.data/headers/inner/gen.py", "x = 1\n"),
            ],
        },
        new("commands", "1.0")
        {
            Files = Text(("commands.py", "class Main:\n    @staticmethod\n    def run(): print('ran')\n")),
            RawEntries =
            [
                new(
                    "commands-1.0.dist-info/entry_points.txt",
                    """
                    # comment
                    [console_scripts]
                    commands = commands:Main.run
                    commands-extra=commands:Main.run [extra, other]
                    commands.dotted+x = commands:Main
                    # commented = out:it

                    [other.group]
                    not-a-command = commands
                    [gui_scripts]
                    commands-gui = commands:Main.run
                    commands = commands:Main
                    [console_scripts]
                    commands.dotted+x = commands:Main.run
                    """
                ),
            ],
        },
        new("wrapped", "1.0")
        {
            ConsoleScripts = Text(("wrapped", "wrapped:main")),
            Files = Text(("wrapped.py", "def main(): pass\n")),
            RawEntries =
            [
                Script("wrapped", "wrapped", "#!python\nold\n"),
                Script("wrapped", "wrapped-script.py", "#!python\nold\n"),
                Script("wrapped", "wrapped.EXE", "MZ"),
                Script("wrapped", "wrapped.pya", "old"),
                Script("wrapped", "wrapped-other", "#!python\n"),
            ],
        },
        new("overlaid", "1.0")
        {
            Files = Text(("overlaid/__init__.py", "WHO = 'root'\n"), ("overlaid/rest.py", "")),
            ConsoleScripts = Text(("overlaid-entry", "overlaid:main")),
            RawEntries =
            [
                Script("overlaid", "overlaid-tool", "#!python\nscript\n"),
                new("overlaid-1.0.data/purelib/overlaid/__init__.py", "WHO = 'data'\n"),
                new("overlaid-1.0.data/data/bin/overlaid-tool", "data\n"),
                new("overlaid-1.0.data/data/bin/overlaid-entry", "data\n"),
            ],
        },
        new("broken-code", "1.0")
        {
            Files = Text(
                ("broken_code/__init__.py", ""),
                ("broken_code/old.py", "print 'two'\n"),
                ("broken_code/nul.py", "x = '\0'\n"),
                ("broken_code/empty.py", ""),
                ("broken_code/warned.py", "x = '\\d'\nassert (x, 'always')\n"),
                ("broken_code/template.py", "{{ cookiecutter }}\n"),
                (".py", "x = 1\n")
            ),
            RawEntries =
            [
                new("broken_code/latin.py", (byte[])[.. "# coding: latin-1\nx = '"u8, 0xE9, .. "'\n"u8]),
                new("broken_code/undeclared.py", (byte[])[.. "x = '"u8, 0xE9, .. "'\n"u8]),
            ],
        },
        new("compiled-before", "1.0")
        {
            Files = Text(
                ("compiled_before.py", "x = 1\n"),
                ("__pycache__/compiled_before.cpython-311.pyc", "old"),
                ("__pycache__/orphan.cpython-311.pyc", "old"),
                ("__pycache__/broken_old.cpython-311.pyc", "old"),
                ("broken_old.py", "print 'two'\n")
            ),
        },
        new("odd-names", "1.0")
        {
            Files = Text(
                ("odd_names/__init__.py", ""),
                ("odd_names/with space.py", "x = 1\n"),
                ("odd_names/a,b.txt", "comma"),
                ("odd_names/say \"x\".txt", "quotes"),
                ("odd_names/a.txt", "a"),
                ("odd_names/a+b.txt", "sorted before the comma"),
                ("odd_names/café.py", "x = 1\n"),
                ("odd_names/\uFF5E.txt", "below the next one by code points, above by UTF-16 units"),
                ("odd_names/\U0001F40D.txt", "snake"),
                ("odd_names/Case.txt", "upper"),
                ("odd_names/case.txt", "lower")
            ),
        },
        Recorded(
            "unrecorded",
            "unrecorded/__init__.py,,\r\nabsent.txt,sha256=AAAA,4\r\nunrecorded-1.0.dist-info/METADATA\r\n",
            new("unrecorded/__init__.py", "import sys\n"),
            new("unrecorded/unlisted.py", "x = 1\n"),
            new("unrecorded/unlisted.txt", "x"),
            Script("unrecorded", "unlisted-script", "#!python\n")
        ),
        new("pip-like", "1.0")
        {
            Files = Text(("pip_like.py", "def main(): pass\n")),
            ConsoleScripts = Text(
                ("pip", "pip_like:main"),
                ("pip3.6", "pip_like:main"),
                ("pip-other", "pip_like:main"),
                ("easy_install", "pip_like:main"),
                ("easy_install-3.6", "pip_like:main")
            ),
        },
        new("for-platform", "1.0") { Tag = "cp311-abi3.none-linux_x86_64", RequiresPython = ">=3.9" },
        new("local-version", "1.0+local.7"),
        new("Mixed.Case_Name", "2.0") { RawEntries = [new("mixed_case_name-2.0.data/headers/mixed.h", "int x;\n")] },
        new("folders", "1.0")
        {
            Files = Text(("folders/__init__.py", "")),
            RawEntries = [new("folders/empty/", "") { Recorded = false }],
        },
        new("start-up", "1.0")
        {
            Files = Text(("start_up.py", ""), ("start_up.pth", "import sys; sys.started_up = 1\n")),
        },
        new("told-otherwise", "1.0")
        {
            RawEntries =
            [
                new("told_otherwise-1.0.dist-info/top_level.txt", "nothing\n"),
                new("told_otherwise-1.0.dist-info/licenses/LICENSE", "free\n"),
                new("told_otherwise.libs/libx.so.1", "x"),
            ],
        },
    ];

    private static TestWheel Recorded(string name, string record, params RawEntry[] entries) =>
        new(name, "1.0")
        {
            RawEntries = [.. entries, new($"{name}-1.0.dist-info/RECORD", record)],
            Files = Text(($"{name}_other.py", "x = 1\n")),
        };

    private static RawEntry Script(string wheel, string name, string text) =>
        new($"{wheel}-1.0.data/scripts/{name}", text);

    private static Dictionary<string, string> Text(params (string Path, string Text)[] files) =>
        files.ToDictionary(file => file.Path, file => file.Text);
}
