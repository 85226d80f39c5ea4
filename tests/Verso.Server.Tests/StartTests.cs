using System.Net;
using Microsoft.Extensions.Configuration;
using Verso.Server.Settings;

namespace Verso.Server.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task A_server_answers_when_it_has_started()
    {
        await using var server = await TestServer.StartAsync();

        (await server.Client.GetStringAsync("/status", TestContext.Current.CancellationToken)).ShouldBe("OK");
    }

    [Fact]
    public async Task Whoever_watches_is_heard_at_once_and_until_the_server_ends()
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.Client.GetAsync(
            "/project/alpha/compile/events",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );

        await server.StopAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Compile:Concurent", "3", "Compile:Concurent is no setting")]
    [InlineData("Compile:Timeout", "soon", "must be a duration")]
    [InlineData("Compile:Timeout", "00:11:00", "at most 00:10:00")]
    [InlineData("Compile:Listen", "http://0.0.0.0:3013", "set Compile:Key")]
    [InlineData("Compile:Listen", "everywhere", "must be an address")]
    [InlineData("Compile:Key", "short", "16 characters or more")]
    [InlineData("Compile:Key", "long-enough-but-with-a-line-end\n", "cannot send")]
    [InlineData("Compile:Anonymous:Concurrent", "0", "must be 1 or more")]
    [InlineData("Projects:EveryVersionFor", "00:30:00", "from 1 to 3650 days")]
    [InlineData("Compile:ResourceOrigins:0", "http://127.0.0.1:3000/files", "port alone")]
    [InlineData("Compile:Endpoints:0", "http://compile-0:3013", "set it to this server's address as they reach it")]
    [InlineData("Web:ContentUrl", "https://content.example.net", "Web:PublicUrl must be set as well")]
    [InlineData("Web:ContentUrl", "content.example.net", "port alone")]
    [InlineData("Web:InternalUrl", "http://verso-web/files", "port alone")]
    [InlineData("OVERLEAF_ENABLE_PROJECT_PYTHON_VENV", "perhaps", "must be true or false")]
    public void Wrong_settings_are_named(string key, string value, string expected)
    {
        var fault = Should.Throw<SettingsException>(() => Load((key, value))).Faults.ShouldHaveSingleItem();

        fault.ShouldContain(expected);
    }

    [Theory]
    [InlineData("https://verso.example.org:8443", "must be another than that of Web:PublicUrl")]
    [InlineData("http://content.example.net", "must begin with https:")]
    public void Documents_have_an_origin_of_their_own_only_if_it_is_one(string content, string expected) =>
        Should
            .Throw<SettingsException>(() =>
                Load(("Web:PublicUrl", "https://verso.example.org"), ("Web:ContentUrl", content))
            )
            .Faults.ShouldHaveSingleItem()
            .ShouldContain(expected);

    [Fact]
    public void The_names_that_operators_know_work_too()
    {
        var settings = Load(("OVERLEAF_ENABLE_PROJECT_PYTHON_VENV", "true"), ("PYTHON_VENVS_DIR", "/srv/venvs"));

        settings.Environments.Enabled.ShouldBeTrue();
        settings.Environments.StoreDirectory.ShouldBe("/srv/venvs");
        Load().Environments.Enabled.ShouldBeFalse();
    }

    private static ServerSettings Load(params (string Key, string Value)[] given) =>
        ServerSettings.Load(
            new ConfigurationBuilder()
                .AddInMemoryCollection(given.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
                .Build()
        );
}
