using System.Net;
using System.Text;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>What one person can take from all the others: memory, disk, connections.</summary>
public sealed class BoundsTests
{
    public static TheoryData<DatabaseProvider> All => Databases.All;

    [Fact]
    public async Task A_zips_list_of_files_is_read_up_to_a_size()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var answer = await ada.SendAsync(
            HttpMethod.Post,
            "/api/projects/upload?name=Bomb",
            new ByteArrayContent(ManyEntries(500_000))
        );

        answer.ShouldBe(HttpStatusCode.UnprocessableEntity).Problem.ShouldContain("list of files is too long");
    }

    [Fact]
    public async Task A_zip_with_bytes_that_are_none_of_its_own_is_taken_or_refused()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        (await ada.WriteAsync(project, "notes/a.md", new string('a', 500))).ShouldBe();
        var zip = (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/zip")).ShouldBe().Body;
        var random = new Random(1);
        var wrong = new List<string>();
        for (var tried = 0; tried < 400; tried++)
        {
            var changed = zip.ToArray();
            var at = random.Next(changed.Length);
            for (var many = random.Next(1, 5); many > 0; many--)
                changed[Math.Min(changed.Length - 1, at + many)] = (byte)random.Next(256);
            if (tried % 4 == 0)
                changed = changed[..at];
            var answer = await ada.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/zip",
                new ByteArrayContent(changed)
            );
            if ((int)answer.Status >= 500)
                wrong.Add(Convert.ToHexString(changed));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_long_path_can_be_written_moved_and_deleted(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var path = string.Join('/', Enumerable.Repeat(new string('p', 200), 5));

        (await ada.WriteAsync(project, path, "text")).ShouldBe();
        (
            await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/move", new { from = path, to = path + "q" })
        ).ShouldBe(HttpStatusCode.UnprocessableEntity);
        var other = path[..^1] + "q";
        (
            await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/move", new { from = path, to = other })
        ).ShouldBe();
        (await ada.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/files/{other}")).ShouldBe();
    }

    [Fact]
    public async Task Events_are_listened_to_a_number_of_times_at_once()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Builds = settings.Builds with { MaxListeners = 2 },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        var events = $"/api/projects/{await ada.CreateProjectAsync()}/events";
        var others = $"/api/projects/{await bob.CreateProjectAsync()}/events";

        using var first = await ListenAsync(ada, events);
        using (var second = await ListenAsync(ada, events))
        {
            second.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var third = await ListenAsync(ada, events);
            third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            using var bobs = await ListenAsync(bob, others);
            bobs.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        // Who stops listening makes room, as soon as the server has seen it.
        HttpStatusCode again;
        do
        {
            using var answer = await ListenAsync(ada, events);
            again = answer.StatusCode;
            await Task.Yield();
        } while (again == HttpStatusCode.TooManyRequests);
        again.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Zips_are_sent_and_fetched_a_few_at_once()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        var zip = $"/api/projects/{await ada.CreateProjectAsync()}/zip";
        var bodies = Enumerable.Range(0, 4).Select(_ => new SlowContent()).ToList();
        var sending = bodies.ConvertAll(body => ada.SendAsync(HttpMethod.Post, zip, body));
        // Whoever has a place has begun to be written to disk.
        while (Directory.GetFiles(server.Combine("workspace", "blobs", "v1", "staging")).Length < bodies.Count)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        (await ada.SendAsync(HttpMethod.Get, zip)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await bob.SendAsync(HttpMethod.Get, $"/api/projects/{await bob.CreateProjectAsync()}/zip")).ShouldBe();

        bodies.ForEach(body => body.End());
        foreach (var sent in await Task.WhenAll(sending))
            sent.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Somebody_owns_a_number_of_projects()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Projects = settings.Projects with { MaxPerOwner = 2 },
            }
        );
        using var ada = await server.SignInAsync("ada");
        await ada.CreateProjectAsync();
        var project = await ada.CreateProjectAsync();

        (await ada.SendAsync(HttpMethod.Post, "/api/projects", new { name = "Third" }))
            .ShouldBe(HttpStatusCode.UnprocessableEntity)
            .Problem.ShouldContain("2 projects");
        (await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/copy", new { name = "Third" })).ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_projects_versions_together_have_a_size(DatabaseProvider provider)
    {
        var database = await Databases.NewAsync(provider);
        await using var server = await WorkspaceServer.StartAsync(settings =>
            database(settings) with
            {
                Projects = settings.Projects with { MaxProjectMiB = 1, MaxHistoryMiB = 2 },
            }
        );
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var text = new string('a', 900 << 10);
        (await ada.WriteAsync(project, "a.md", text + "1")).ShouldBe();
        (await ada.WriteAsync(project, "a.md", text + "2")).ShouldBe();

        (await ada.WriteAsync(project, "a.md", text + "3"))
            .ShouldBe(HttpStatusCode.UnprocessableEntity)
            .Problem.ShouldContain("versions");

        // What is there already takes nothing more, and can always be taken away.
        (await ada.WriteAsync(project, "a.md", text + "1")).ShouldBe();
        (await ada.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/files/a.md")).ShouldBe();
    }

    [Fact]
    public async Task A_line_is_not_added_in_the_place_of_requirements_that_are_too_large_to_be_read()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var text = new string('#', 70_000);
        (await ada.WriteAsync(project, "requirements.vrf", text)).ShouldBe();

        (
            await ada.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/python/requirements/add",
                new { requirement = "numpy" }
            )
        ).ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await ada.ReadAsync(project, "requirements.vrf")).ShouldBe(text);
    }

    [Fact]
    public async Task The_database_is_nobody_elses_to_read()
    {
        await using var server = await WorkspaceServer.StartAsync();

        File.GetUnixFileMode(server.Combine("workspace"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<HttpResponseMessage> ListenAsync(Person person, string events) =>
        await person.Client.GetAsync(
            events,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );

    // The list of files alone, which is all that has to be read to count them.
    private static byte[] ManyEntries(int count)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        for (var number = 0; number < count; number++)
        {
            writer.Write(0x02014b50u);
            writer.Write(new byte[24]);
            writer.Write((ushort)8);
            writer.Write(new byte[16]);
            writer.Write(Encoding.ASCII.GetBytes($"{number:x8}"));
        }
        // The end of a zip64, whose count of files has 64 bits.
        var size = bytes.Length;
        writer.Write(0x06064b50u);
        writer.Write(44L);
        writer.Write(0x2d002du);
        writer.Write(0L);
        writer.Write((long)count);
        writer.Write((long)count);
        writer.Write(size);
        writer.Write(0L);
        writer.Write(0x07064b50u);
        writer.Write(0u);
        writer.Write(size);
        writer.Write(1u);
        writer.Write(0x06054b50u);
        writer.Write(0u);
        for (var word = 0; word < 3; word++)
            writer.Write(uint.MaxValue);
        writer.Write((ushort)0);
        return bytes.ToArray();
    }
}
