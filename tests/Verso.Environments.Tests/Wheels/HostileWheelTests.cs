using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Verso.Environments.Wheels;

namespace Verso.Environments.Tests.Wheels;

/// <summary>Each is refused with a sentence that names wheel, entry and reason, and nothing of it stays.</summary>
public sealed class HostileWheelTests
{
    private const string Site = "lib/python3.11/site-packages";
    private const string Name = "evil-1.0-py3-none-any.whl";

    private static readonly WheelLimits Small = new()
    {
        Entries = 20,
        Commands = 5,
        FileBytes = 50_000,
        TotalBytes = 80_000,
        PathBytes = 100,
        DirectoryBytes = 5_000,
        MetadataBytes = 5_000,
    };

    public static TheoryData<string, string> Paths =>
        new()
        {
            { "../outside.py", "leads out of the wheel." },
            { "evil/../../outside.py", "leads out of the wheel." },
            { "evil/..", "leads out of the wheel." },
            { "evil-1.0.data/data/../../outside", "leads out of the wheel." },
            { "evil-1.0.data/scripts/../lib/x", "leads out of the wheel." },
            { "/etc/evil", "has an absolute path." },
            { "evil-1.0.data/data//etc/evil", "has a path with an empty part." },
            { "evil//x.py", "has a path with an empty part." },
            { "./evil/x.py", "has a path with an empty part." },
            { "evil\\..\\..\\outside.py", "has a backslash in its path." },
            { "evil\\x.py", "has a backslash in its path." },
            { "evil/a\nb.py", "has a character that no path may have." },
            { "evil/a\0b.py", "has a character that no path may have." },
            { "evil/a\u2028b.py", "has a character that no path may have." },
            {
                "evil-1.0.data/unknown/x",
                "stands in .data under 'unknown', which is not one of purelib, platlib, scripts, data and headers."
            },
            { "evil-1.0.data/x", "stands in .data outside of a scheme's folder." },
            { "evil.data", "stands in .data outside of a scheme's folder." },
            { "evil-1.0.data/scripts/python", Own("bin/python") },
            { "evil-1.0.data/scripts/python3.11", Own("bin/python3.11") },
            { "evil-1.0.data/scripts/activate", Own("bin/activate") },
            { "evil-1.0.data/scripts/activate.csh", Own("bin/activate.csh") },
            { "evil-1.0.data/scripts/Activate.ps1", Own("bin/Activate.ps1") },
            { "evil-1.0.data/data/bin/python3", Own("bin/python3") },
            { "evil-1.0.data/data/bin/python/x", Own("bin/python/x") },
            { "evil-1.0.data/data/pyvenv.cfg", Own("pyvenv.cfg") },
            { "evil-1.0.data/data/pyvenv.cfg/x", Own("pyvenv.cfg/x") },
            { "evil-1.0.data/data/lib64", Own("lib64") },
            { "evil-1.0.data/data/lib", Own("lib") },
            { "evil-1.0.data/data/bin", Own("bin") },
            { "evil-1.0.data/data/include", Own("include") },
            { $"evil-1.0.data/data/{Site}", Own(Site) },
            { "evil-1.0.data/purelib/other-2.0.dist-info/METADATA", "would replace metadata of packages." },
            { $"evil-1.0.data/data/{Site}/evil-1.0.dist-info/RECORD", "would replace metadata of packages." },
            {
                $"evil-1.0.data/data/lib64/python3.11/site-packages/other-2.0.dist-info/METADATA",
                "would replace metadata of packages."
            },
            { "evil-1.0.dist-info/INSTALLER/x", "stands where the installer has a file of its own." },
            { "evil.py/inside.py", "stands in a folder where another entry is a file." },
            { $"evil/{new string('x', 100)}", "has a path of more than 100 bytes." },
            { $"evil/{new string('é', 150)}", "has a name of more than 255 bytes." },
        };

    [Theory]
    [InlineData(
        1,
        1000,
        "The packages take up more than 1 MiB, and no more are allowed (Environments:MaxInstalledMiB)."
    )]
    [InlineData(
        10,
        5,
        "The packages consist of more than 5 files; at most 5 are allowed (Environments:MaxInstalledFiles)."
    )]
    public async Task Wheels_that_unpack_to_too_much_together_are_refused_meanwhile(int mib, int files, string message)
    {
        var zeros = new string('0', 700 << 10);
        using var fixture = await WheelFixture.StartAsync(new WheelLimits { BuildMiB = mib, BuildFiles = files });

        var refused = await Should.ThrowAsync<WheelException>(() => fixture.AcquireAsync(Bomb("alpha"), Bomb("bravo")));

        refused.Message.ShouldBe(message);
        fixture.Staged.ShouldBeEmpty();
        fixture.NewStore().List().ShouldBeEmpty();

        TestWheel Bomb(string name) =>
            new(name, "1.0") { Files = new Dictionary<string, string> { [name + ".txt"] = zeros } };
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public Task An_entry_with_such_a_path_is_refused(string path, string reason) =>
        ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new(path, "x")] },
            $"its entry '{Shown(path)}' {reason}"
        );

    [Fact]
    public async Task Links_and_devices_are_refused()
    {
        await ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new("evil/link", "/etc/passwd") { IsLink = true }] },
            "its entry 'evil/link' is neither a file nor a folder: links and devices are not installed."
        );
        foreach (var type in (int[])[0x1000, 0x2000, 0x6000, 0xC000])
            await ShouldRefuseAsync(
                Zip(archive => archive.CreateEntry("evil/device").ExternalAttributes = (type | 0x1A4) << 16),
                "its entry 'evil/device' is neither a file nor a folder: links and devices are not installed."
            );
    }

    [Fact]
    public async Task An_entry_that_is_there_twice_is_refused()
    {
        await ShouldRefuseAsync(
            Zip(archive => Add(archive, "evil.py", "other")),
            "its entry 'evil.py' is there twice."
        );
        await ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new("evil/sub/x.py", ""), new("evil/sub", "x")] },
            "its entry 'evil/sub' is a file where another entry has a folder."
        );
    }

    [Fact]
    public async Task An_encrypted_entry_is_refused()
    {
        var zip = Zip(_ => { });
        zip[CentralHeader(zip) + 8] |= 1;

        await ShouldRefuseAsync(zip, "its entry 'evil.py' is encrypted.");
    }

    [Fact]
    public async Task A_wheel_has_one_dist_info_and_that_is_its_own()
    {
        const string Exactly = "it does not have exactly one .dist-info folder.";
        await ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new("other-1.0.dist-info/METADATA", "")] },
            Exactly
        );
        await ShouldRefuseAsync(Bare(("evil.py", "")), Exactly);
        foreach (var folder in (string[])["other-1.0", "evil-2.0", "evil", "evilish-1.0"])
            await ShouldRefuseAsync(
                Bare(($"{folder}.dist-info/WHEEL", "Wheel-Version: 1.0\n")),
                $"its folder {folder}.dist-info is of another name or version."
            );
    }

    [NeedsSandbox]
    [Theory]
    [InlineData("WHEEL", "Wheel-Version: 2.0\n", "its Wheel-Version is '2.0', and only 1 is known.")]
    [InlineData("WHEEL", "Tag: py3-none-any\n", "its Wheel-Version is '', and only 1 is known.")]
    [InlineData("METADATA", "Name: other\nVersion: 1.0\n", "its METADATA is of another name or version.")]
    [InlineData("METADATA", "Name: evil\nVersion: 1.0.1\n", "its METADATA is of another name or version.")]
    [InlineData("METADATA", "\nName: evil\nVersion: 1.0\n", "its METADATA is of another name or version.")]
    [InlineData(
        "entry_points.txt",
        "[console_scripts]\n../../x = evil:main\n",
        "'../../x' in its entry_points.txt cannot be a command's name."
    )]
    [InlineData(
        "entry_points.txt",
        "[console_scripts]\n.. = evil:main\n",
        "'..' in its entry_points.txt cannot be a command's name."
    )]
    [InlineData(
        "entry_points.txt",
        "[gui_scripts]\npython3 = evil:main\n",
        "its command 'python3' would replace one of the virtualenv itself."
    )]
    [InlineData(
        "entry_points.txt",
        "[console_scripts]\ntool = evil\n",
        "its command 'tool' is 'evil', where module:function is needed, such as package.cli:main."
    )]
    [InlineData(
        "entry_points.txt",
        "[console_scripts]\ntool = evil:main;import os\n",
        "its command 'tool' is 'evil:main;import os', where module:function is needed, such as package.cli:main."
    )]
    public Task Files_that_describe_it_are_read_with_care(string file, string text, string reason) =>
        ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new($"evil-1.0.dist-info/{file}", text)] },
            reason
        );

    [Theory]
    [InlineData("sha256=AAAA")]
    [InlineData("sha512=AAAA")]
    [InlineData("sha384=")]
    public Task A_file_that_is_not_what_RECORD_says_is_refused(string hash) =>
        ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new("evil-1.0.dist-info/RECORD", $"evil.py,{hash},1\n")] },
            "its entry 'evil.py' is not what RECORD or the zip says it is."
        );

    [Fact]
    public async Task What_unpacks_to_too_much_is_refused_whatever_its_headers_say()
    {
        var bomb = Zip(archive => Add(archive, "evil/zeros", new string('0', 60_000)));
        const string TooLarge = "its entry 'evil/zeros' unpacks to more than 50,000 bytes.";
        await ShouldRefuseAsync(bomb, TooLarge);
        // The size in the zip's directory, said to be 1.
        BinaryPrimitives.WriteInt32LittleEndian(bomb.AsSpan(LastCentralHeader(bomb) + 24), 1);
        await ShouldRefuseAsync(bomb, TooLarge, "is not what RECORD or the zip says it is.");
        await ShouldRefuseAsync(
            Zip(archive =>
            {
                Add(archive, "evil/one", new string('0', 45_000));
                Add(archive, "evil/two", new string('0', 45_000));
            }),
            "it unpacks to more than 80,000 bytes."
        );
        await ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new("evil-1.0.dist-info/METADATA", new string('x', 6_000))] },
            "its entry 'evil-1.0.dist-info/METADATA' unpacks to more than 5,000 bytes."
        );
    }

    [Fact]
    public async Task Too_many_entries_are_refused()
    {
        byte[] With(int entries) =>
            Zip(archive =>
            {
                for (var i = 0; i < entries; i++)
                    Add(archive, $"evil/{i}", "");
            });
        await ShouldRefuseAsync(With(20), "it has more than 20 entries.");
        await ShouldRefuseAsync(
            new TestWheel("evil", "1.0")
            {
                ConsoleScripts = Enumerable.Range(0, 6).ToDictionary(i => $"tool{i}", _ => "evil:main"),
            },
            "it has more than 5 commands."
        );
        await ShouldRefuseAsync(With(200), "its list of entries is longer than 5000 bytes.");
    }

    [Fact]
    public async Task What_is_no_zip_or_another_file_is_refused()
    {
        await ShouldRefuseAsync("PK\x03\x04 nothing"u8.ToArray(), "it is no zip file.");
        await ShouldRefuseAsync([], "it is no zip file.");
        var cut = Zip(_ => { });
        cut.AsSpan(CentralHeader(cut), 4).Clear();
        await ShouldRefuseAsync(cut, "it is no sound zip file");

        using var fixture = await WheelFixture.StartAsync();
        var other = WheelFixture.Source(new TestWheel("evil", "1.0")) with { Sha256 = new string('0', 64) };
        var thrown = await Should.ThrowAsync<WheelException>(() => fixture.AcquireAsync(other));
        thrown.Message.ShouldStartWith($"{Name} is not installed: its SHA-256 is ");
        thrown.Message.ShouldEndWith($", where {new string('0', 64)} was resolved.");
        fixture.Staged.ShouldBeEmpty();
        thrown = await Should.ThrowAsync<WheelException>(() =>
            fixture.AcquireAsync(WheelFixture.Source("evil.whl", new TestWheel("evil", "1.0").ToBytes()))
        );
        thrown.Message.ShouldBe(
            "evil.whl is not installed: its name is not one that a wheel can have, such as name-1.0-py3-none-any.whl."
        );
    }

    [NeedsSandbox]
    [Fact]
    public async Task A_refused_wheel_keeps_nobody_from_the_others()
    {
        using var fixture = await WheelFixture.StartAsync();
        var good = new TestWheel("good", "1.0");
        var evil = new TestWheel("evil", "1.0") { RawEntries = [new("../x", "")] };
        await Should.ThrowAsync<WheelException>(() => fixture.AcquireAsync(good, evil));

        using var held = await fixture.AcquireAsync(good);

        held.Wheels[0].Manifest.Name.ShouldBe("good");
    }

    [Fact]
    public async Task Nothing_of_a_fresh_virtualenv_can_be_replaced()
    {
        using var fixture = await WheelFixture.StartAsync();
        await fixture.CreateEmptyAsync(fixture.Environment);
        var own = Directory
            .EnumerateFileSystemEntries(fixture.Environment, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(fixture.Environment, path))
            .Where(path => !path.StartsWith("lib64/"))
            .ToList();
        own.ShouldContain("bin/python3.11");
        foreach (var path in own)
        {
            var wheel = new TestWheel("evil", "1.0") { RawEntries = [new($"evil-1.0.data/data/{path}", "x")] };
            var thrown = await Should.ThrowAsync<WheelException>(() => fixture.AcquireAsync(wheel));
            thrown.Message.ShouldEndWith(Own(path));
        }
    }

    [Fact]
    public async Task An_entry_where_a_compiled_module_goes_is_refused()
    {
        const string Reason = "cannot be compiled: another entry stands where its compiled form goes.";
        await ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new("__pycache__", "x")] },
            $"its entry 'evil.py' {Reason}"
        );
        await ShouldRefuseAsync(
            new TestWheel("evil", "1.0") { RawEntries = [new("__pycache__/evil.cpython-311.pyc/x", "x")] },
            $"its entry 'evil.py' {Reason}"
        );
    }

    [NeedsSandbox]
    [Fact]
    public async Task What_only_looks_like_the_virtualenvs_own_is_installed()
    {
        using var fixture = await WheelFixture.StartAsync();
        string[] names = ["python-config", "pythonize", "activate-global-python-argcomplete", "python_x"];
        using var held = await fixture.AcquireAsync(
            new TestWheel("fine", "1.0")
            {
                RawEntries = [.. names.Select(name => new RawEntry($"fine-1.0.data/scripts/{name}", "x"))],
            }
        );

        names.ShouldBeSubsetOf(held.Wheels[0].Manifest.Files.Select(file => Path.GetFileName(file.Path)));
    }

    private static string Own(string path) => $"would replace '{path}', which belongs to the virtualenv itself.";

    private static string Shown(string path) =>
        string.Concat(path.Select(character => char.IsControl(character) ? '?' : character)) is { Length: > 200 } shown
            ? shown[..200] + "…"
            : string.Concat(path.Select(character => char.IsControl(character) ? '?' : character));

    private static Task ShouldRefuseAsync(TestWheel wheel, string reason) => ShouldRefuseAsync(wheel.ToBytes(), reason);

    private static async Task ShouldRefuseAsync(byte[] wheel, params string[] reasons)
    {
        using var fixture = await WheelFixture.StartAsync(Small);
        var good = new TestWheel("good", "1.0");

        var goodSource = WheelFixture.Source(good);

        var thrown = await Should.ThrowAsync<WheelException>(() =>
            fixture.AcquireAsync(goodSource, WheelFixture.Source(Name, wheel))
        );

        reasons.ShouldContain(
            reason => thrown.Message.StartsWith($"{Name} is not installed: ") && thrown.Message.Contains(reason),
            thrown.Message
        );
        fixture.Staged.ShouldBeEmpty();
        // The good one may have been done by then; nothing else stands there.
        Directory
            .GetFileSystemEntries(Path.Combine(fixture.Layout.Root, "wheels"))
            .SelectMany(folder => Directory.GetFileSystemEntries(folder))
            .Select(Path.GetFileName)
            .ShouldBeSubsetOf([goodSource.Sha256]);
    }

    /// <summary>A sound wheel with more in it, compressed.</summary>
    private static byte[] Zip(Action<ZipArchive> more)
    {
        var stream = new MemoryStream();
        stream.Write(new TestWheel("evil", "1.0").ToBytes());
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            more(archive);
        return stream.ToArray();
    }

    private static byte[] Bare(params (string Path, string Text)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, text) in entries)
                Add(archive, path, text);
        return stream.ToArray();
    }

    private static void Add(ZipArchive archive, string path, string text)
    {
        using var content = archive.CreateEntry(path).Open();
        content.Write(Encoding.UTF8.GetBytes(text));
    }

    private static int CentralHeader(byte[] zip) => zip.AsSpan().IndexOf("PK\x01\x02"u8);

    private static int LastCentralHeader(byte[] zip) => zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
}
