using Verso.Environments.Wheels;

namespace Verso.Environments.Tests.Wheels;

public sealed class CorruptWheelTests
{
    [Fact]
    public async Task However_its_bytes_are_changed_a_wheel_is_unpacked_in_its_folder_or_refused()
    {
        using var fixture = await WheelFixture.StartAsync();
        var sound = new TestWheel("evil", "1.0")
        {
            Files = { ["evil/__init__.py"] = "x = 1\n", ["evil/data.txt"] = new string('y', 300) },
            ConsoleScripts = { ["evil"] = "evil:main" },
        };
        var bytes = sound.ToBytes();
        var name = WheelFileName.Parse(sound.FileName);
        var random = new Random(1);
        var (refused, unpacked) = (0, 0);
        for (var round = 0; round < 500; round++)
        {
            var changed = Change(bytes, random);
            var folder = Directory.CreateDirectory(fixture.Combine("round")).FullName;
            var zip = Path.Combine(folder, "zip");
            File.WriteAllBytes(zip, changed);
            try
            {
                var limits = new WheelLimits { FileBytes = 10_000 };
                WheelArchive.Unpack(
                    zip,
                    name,
                    "",
                    fixture.Interpreter,
                    Path.Combine(folder, "tree"),
                    limits,
                    new UnpackBudget(limits),
                    TestContext.Current.CancellationToken
                );
                unpacked++;
            }
            catch (WheelException e)
            {
                e.Message.ShouldStartWith("evil-1.0-py3-none-any.whl is not installed: ");
                refused++;
            }
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ShouldBeSubsetOf(["zip", "tree"]);
            Directory.Delete(folder, recursive: true);
        }
        Directory.GetFileSystemEntries(fixture.Combine("")).Select(Path.GetFileName).ShouldBe(["store"]);
        refused.ShouldBeGreaterThan(100);
        unpacked.ShouldBeGreaterThan(10);
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        var changed = random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
        // Half of them where the directory of the zip stands.
        for (var i = random.Next(4); i >= 0 && changed.Length > 0; i--)
        {
            var start = random.Next(2) == 0 ? changed.Length * 2 / 3 : 0;
            changed[random.Next(start, changed.Length)] = (byte)random.Next(256);
        }
        return changed;
    }
}
