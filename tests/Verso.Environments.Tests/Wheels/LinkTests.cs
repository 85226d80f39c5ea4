using Verso.Environments.Wheels;

namespace Verso.Environments.Tests.Wheels;

[NeedsSandbox]
public sealed class LinkTests
{
    [Fact]
    public async Task Files_are_the_wheel_stores_own_but_for_programs()
    {
        using var fixture = await WheelFixture.StartAsync();
        using var held = await fixture.AcquireAsync(
            new TestWheel("alpha", "1.0") { ConsoleScripts = { ["alpha"] = "alpha:main" } },
            new TestWheel("beta", "1.0")
        );

        var plan = await fixture.LinkAsync(fixture.Environment, held);

        foreach (var file in plan.Files.Values)
            (
                file is PlannedFile.Linked linked
                && FileIdentity.Of(Path.Combine(fixture.Environment, file.Path)) == FileIdentity.Of(linked.Source)
            ).ShouldBe(
                !file.Path.EndsWith("bin/alpha") && !file.Path.EndsWith("alpha-1.0.dist-info/RECORD"),
                file.Path
            );
    }

    [Fact]
    public async Task A_store_on_another_file_system_is_copied_from()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting a file system takes root.");
        using var fixture = await WheelFixture.StartAsync();
        var wheels = Directory.CreateDirectory(Path.Combine(fixture.Layout.Root, "wheels")).FullName;
        var staging = Directory.CreateDirectory(Path.Combine(fixture.Layout.Root, "staging")).FullName;
        Directory.CreateDirectory(fixture.Combine("other"));
        await Run.CheckedAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", fixture.Combine("other"));
        try
        {
            foreach (var folder in (string[])[wheels, staging])
            {
                Directory.CreateDirectory(fixture.Combine("other", Path.GetFileName(folder)));
                Directory.Delete(folder);
                File.CreateSymbolicLink(folder, fixture.Combine("other", Path.GetFileName(folder)));
            }
            using var held = await fixture.AcquireAsync(
                new TestWheel("alpha", "1.0")
                {
                    RawEntries = [new("alpha_tool", "#!/bin/sh\n") { Mode = (UnixFileMode)0x1ED }],
                }
            );

            var plan = await fixture.LinkAsync(fixture.Environment, held);

            (
                await WheelFixture.RunPythonAsync(fixture.Environment, "-c", "import alpha; print(alpha.__version__)")
            ).ShouldBe("1.0");
            foreach (var linked in plan.Files.Values.OfType<PlannedFile.Linked>())
            {
                var path = Path.Combine(fixture.Environment, linked.Path);
                FileIdentity.Of(path).ShouldNotBe(FileIdentity.Of(linked.Source));
                File.GetUnixFileMode(path).ShouldBe(File.GetUnixFileMode(linked.Source));
            }
            (await fixture.VerifyAsync(plan)).ShouldBeEmpty();
        }
        finally
        {
            await Run.CheckedAsync("umount", "--lazy", fixture.Combine("other"));
        }
    }

    [Fact]
    public void A_file_with_as_many_links_as_there_can_be_is_copied()
    {
        using var directory = new TemporaryDirectory();
        var source = directory.Write("source", "content");
        var other = directory.Write("other", "other");
        var links = new FileLinks();
        Directory.CreateDirectory(directory.Combine("links"));
        var copy = "";
        for (var i = 0; i < 66_000 && copy == ""; i++)
        {
            var target = directory.Combine("links", $"{i}");
            links.Link(source, target);
            // Looked at only where file systems have their limits.
            if (i % 1_000 > 990 && FileIdentity.Of(target) != FileIdentity.Of(source))
                copy = target;
        }
        Assert.SkipWhen(copy == "", "This file system gives one file more links than can be tried.");

        File.ReadAllText(copy).ShouldBe("content");
        links.Link(other, directory.Combine("another"));
        FileIdentity.Of(directory.Combine("another")).ShouldBe(FileIdentity.Of(other), "others are still linked");
    }

    [Fact]
    public async Task A_file_of_one_wheel_where_another_has_a_folder_is_a_fault_that_names_both()
    {
        using var fixture = await WheelFixture.StartAsync();
        using var held = await fixture.AcquireAsync(
            new TestWheel("alpha", "1.0") { RawEntries = [new("thing", "file")] },
            new TestWheel("beta", "1.0") { RawEntries = [new("thing/inside.py", "")] }
        );

        (await Should.ThrowAsync<WheelException>(() => fixture.LinkAsync(fixture.Environment, held))).Message.ShouldBe(
            "alpha-1.0-py3-none-any.whl has a file 'lib/python3.11/site-packages/thing' where another package has a folder; "
                + "they cannot be installed together."
        );
    }

    [Fact]
    public async Task A_module_that_replaces_another_is_not_run_in_the_others_compiled_form()
    {
        using var fixture = await WheelFixture.StartAsync();
        using var held = await fixture.AcquireAsync(
            new TestWheel("first", "1.0") { Files = { ["common.py"] = "WHO = 'first'\n" } },
            new TestWheel("second", "1.0") { Files = { ["common.py"] = "WHO = = 'second'\n" } }
        );

        await fixture.LinkAsync(fixture.Environment, held);

        (
            await WheelFixture.RunPythonAsync(
                fixture.Environment,
                "-c",
                "try: import common; print(common.WHO)\nexcept SyntaxError: print('faulty')"
            )
        ).ShouldBe("faulty");
    }
}
