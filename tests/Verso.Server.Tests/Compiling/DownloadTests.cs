using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Resources;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

[NeedsSandbox]
public sealed class DownloadTests : IAsyncLifetime
{
    private const string Prints = "```{python}\nprint('got', open('data.txt').read())\n```\n";

    private FileSource _source = null!;
    private TestServer _server = null!;

    private string Url => $"{_source.Origin}/data";

    public async ValueTask InitializeAsync()
    {
        _source = await FileSource.StartAsync();
        _source.Files["/data"] = "the data";
        _server = await TestServer.StartAsync(settings =>
            settings with
            {
                Compile = settings.Compile with { ResourceOrigins = [_source.Origin], MaxResourceMiB = 1 },
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _source.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_downloaded_once_for_all_projects()
    {
        var data = FromUrl("data.txt", Url);
        data["modified"] = 1700000000000;
        foreach (var project in new[] { "alpha", "alpha", "beta" })
        {
            var answer = await _server.CompileAsync(
                project,
                Request(File("index.qmd", Prints), data.DeepClone().AsObject())
            );
            (await answer.ShouldBe("success").ReadAsync(_server, "index.html")).ShouldContain("got the data");
        }

        _source.Requests.ShouldBe(["/data"]);
    }

    [Fact]
    public async Task Many_may_want_the_same_file_at_the_same_moment()
    {
        var cache = _server.Services.GetRequiredService<ResourceCache>();
        var data = new Resource("data.txt", Url: Url, Modified: "1");

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 16,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (_, token) =>
            {
                using var content = new StreamReader(await cache.OpenAsync(data, token));
                (await content.ReadToEndAsync(token)).ShouldBe("the data");
            }
        );

        _server.Unfinished.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_known_by_its_hash_is_not_downloaded_again_from_elsewhere()
    {
        _source.Files["/elsewhere"] = "never asked for";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("the data")));
        foreach (var url in new[] { Url, $"{_source.Origin}/elsewhere" })
        {
            var data = FromUrl("data.txt", url);
            data["hash"] = hash;
            (await _server.CompileAsync("alpha", Request(File("index.qmd", Prints), data))).ShouldBe("success");
            await _server.ClearAsync("alpha");
        }

        _source.Requests.ShouldBe(["/data"]);
    }

    [Fact]
    public async Task The_fallback_is_asked_when_the_first_has_nothing()
    {
        var data = FromUrl("data.txt", $"{_source.Origin}/absent");
        data["fallbackURL"] = Url;

        (await _server.CompileAsync("alpha", Request(File("index.qmd", Prints), data))).ShouldBe("success");

        _source.Requests.ShouldBe(["/absent", "/data"]);
    }

    [Theory]
    [InlineData("/absent", "the answer was 404")]
    [InlineData("/large", "larger than 1 MiB")]
    [InlineData("/moved", "the answer was 302")]
    public async Task A_file_that_cannot_be_had_fails_the_compile_by_its_name(string path, string reason)
    {
        _source.Files["/large"] = new string('x', (1 << 20) + 1);
        _source.Redirects["/moved"] = "/data";

        var answer = await _server.CompileAsync(
            "alpha",
            Request(File("index.qmd", "# Words"), FromUrl("figures/plot.png", _source.Origin + path))
        );

        answer.ShouldBe("failure").Error.ShouldContain($"'figures/plot.png' could not be downloaded: ");
        answer.Error.ShouldContain(reason);
        answer.Compile.GetProperty("logEntries")[0].GetProperty("file").GetString().ShouldBe("figures/plot.png");
        _server.Unfinished.ShouldBeEmpty();
    }

    [Fact]
    public async Task Content_that_is_not_what_the_client_says_is_refused()
    {
        var data = FromUrl("data.txt", Url);
        data["hash"] = new string('0', 64);

        var answer = await _server.CompileAsync("alpha", Request(File("index.qmd", Prints), data));

        answer.ShouldBe("failure").Error.ShouldContain("its hash is another");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/data")]
    [InlineData("https://{host}/data")]
    [InlineData("http://user@{host}/data")]
    [InlineData("http://{host}.example.org/data")]
    [InlineData("http://{host}@example.org/data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/data")]
    public async Task Nothing_is_asked_of_origins_that_are_not_configured(string url)
    {
        url = url.Replace("{host}", new Uri(_source.Origin).Authority, StringComparison.Ordinal);

        var answer = await _server.CompileAsync("alpha", Request(File("index.qmd", ""), FromUrl("data.txt", url)));

        answer.ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldContain("'data.txt' is to come from");
        _source.Requests.ShouldBeEmpty();
    }
}
