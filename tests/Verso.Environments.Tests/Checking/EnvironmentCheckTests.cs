namespace Verso.Environments.Tests.Checking;

/// <summary>A finished environment says what would surprise the first render.</summary>
[NeedsSandbox]
public sealed class EnvironmentCheckTests
{
    [Fact]
    public async Task Nothing_is_said_when_all_is_well() =>
        (await WarningsAsync(new TestWheel("alpha", "1.0"))).ShouldBeEmpty();

    [Fact]
    public async Task A_package_with_nothing_to_import_is_well_too() =>
        (
            await WarningsAsync(
                new TestWheel("alpha", "1.0")
                {
                    Files = new Dictionary<string, string> { ["alpha-1.0.data/data/share/alpha/note.txt"] = "text" },
                }
            )
        ).ShouldBeEmpty();

    [Fact]
    public async Task A_module_that_does_not_import_is_named_with_its_error() =>
        (await WarningsAsync(Alpha("raise RuntimeError('no licence.\\nMore of it')"))).ShouldBe([
            "alpha: 'alpha' cannot be imported here (RuntimeError: no licence).",
        ]);

    [Fact]
    public async Task A_missing_library_of_the_system_is_named_with_what_to_do() =>
        (
            await WarningsAsync(
                new TestWheel("opencv-python", "4.0")
                {
                    Files = new Dictionary<string, string>
                    {
                        ["cv2.py"] =
                            "raise ImportError('libGL.so.1: cannot open shared object file: No such file or directory')",
                    },
                },
                "opencv-python"
            )
        ).ShouldBe([
            "opencv-python: 'cv2' cannot be imported, because libGL.so.1 is missing here. Name opencv-python-headless instead of opencv-python, which does without it. It is in Debian's package libgl1, which the operator of this installation can add.",
        ]);

    [Fact]
    public async Task A_module_that_kills_the_interpreter_is_named() =>
        (await WarningsAsync(Alpha("import os; os.abort()")))
            .ShouldHaveSingleItem()
            .ShouldStartWith("alpha: 'alpha' cannot be imported here (Crash: the interpreter died");

    [Fact]
    public async Task A_module_that_ends_the_process_or_prints_spoils_no_other() =>
        (
            await WarningsAsync(
                new TestWheel("alpha", "1.0")
                {
                    Files = new Dictionary<string, string>
                    {
                        ["alpha/__init__.py"] = "print('{\"failed\": []}'); raise SystemExit(3)",
                        ["bravo/__init__.py"] = "raise ValueError('second')",
                    },
                }
            )
        ).ShouldBe([
            "alpha: 'alpha' cannot be imported here (SystemExit: 3).",
            "alpha: 'bravo' cannot be imported here (ValueError: second).",
        ]);

    [Fact]
    public async Task A_module_that_leaves_a_process_behind_keeps_nobody_waiting() =>
        (
            await WarningsAsync(
                Alpha("import os, time\nif os.fork() == 0:\n    time.sleep(3600)\nraise ValueError('first')")
            )
        ).ShouldBe(["alpha: 'alpha' cannot be imported here (ValueError: first)."]);

    [Fact]
    public async Task What_a_module_says_is_cut_and_printable()
    {
        var warnings = await WarningsAsync(
            Alpha("raise type('x' * 10**7, (Exception,), {})('\\x1b[31m' + 'y' * 10**7)")
        );

        var warning = warnings.ShouldHaveSingleItem();
        warning.ShouldContain(": ?[31myyy");
        warning.Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task Packages_of_the_base_that_were_made_for_what_is_hidden_now_are_named() =>
        (await WarningsAsync(new TestWheel("numpy", "99.0"), "numpy==99.0"))
            .ShouldHaveSingleItem()
            .ShouldMatch(
                @"^numpy 99\.0 hides the base's numpy 1\..*; .*\bpandas\b.*\bscipy\b.* were made for that one: add them to requirements\.vrf\.$"
            );

    [Fact]
    public async Task An_environment_that_is_built_again_of_the_same_wheels_is_not_checked_again()
    {
        await using var fixture = await StoreFixture.StartAsync(Alpha("raise RuntimeError('no licence')"));
        var project = fixture.Project("alpha");
        string key;
        using (var first = await fixture.LeaseAsync("alpha"))
            key = first.Environment.Key;
        fixture.NewStore().TryRemove(key).ShouldBeTrue();

        using var second = (await fixture.NewStore().AcquireAsync(project)).ShouldBeLeased();

        second.Built.ShouldBeTrue();
        second.Environment.Record.Warnings.ShouldHaveSingleItem();
        second.Log.ShouldNotContain("Trying");
    }

    private static TestWheel Alpha(string code) =>
        new("alpha", "1.0") { Files = new Dictionary<string, string> { ["alpha.py"] = code + "\n" } };

    private static async Task<IReadOnlyList<string>> WarningsAsync(TestWheel wheel, string line = "alpha")
    {
        await using var fixture = await StoreFixture.StartAsync(wheel);
        using var leased = await fixture.LeaseAsync(line);
        leased.Log.ShouldContain("Trying");
        return leased.Environment.Record.Warnings;
    }
}
