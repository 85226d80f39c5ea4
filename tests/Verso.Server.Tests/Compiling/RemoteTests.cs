using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Remote;
using Verso.Server.Settings;

namespace Verso.Server.Tests.Compiling;

/// <summary>Compiling on other machines, by the same interface.</summary>
[NeedsSandbox]
public sealed class RemoteTests : IAsyncLifetime
{
    private const string Key = "a-key-that-both-have";

    private readonly CompileTarget _target = CompileTarget.Of("alpha", CompileClient.User);
    private readonly List<TestServer> _servers = [];
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ICompileService Service => _services.GetRequiredService<ICompileService>();

    private CompileEndpoints Endpoints => _services.GetRequiredService<CompileEndpoints>();

    public async ValueTask InitializeAsync()
    {
        ServerSettings? settings = null;
        for (var i = 0; i < 3; i++)
            _servers.Add(
                await TestServer.StartAsync(given =>
                    settings = given with { Compile = given.Compile with { Key = Key } }
                )
            );
        settings = settings! with
        {
            Compile = settings.Compile with
            {
                Endpoints = [.. _servers.Select(server => server.Client.BaseAddress!.ToString())],
            },
        };
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddRemoteCompiling(settings)
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task A_compile_elsewhere_is_like_one_here()
    {
        var result = await Service.CompileAsync(_target, Document("# Words\n\n```{python}\n1/0\n```\n"), Token);

        result.Status.ShouldBe(CompileStatus.Failure);
        result.LogEntries[0].Line.ShouldBe(4);
        result.OutputFiles.ShouldHaveSingleItem().Path.ShouldBe("output.log");
        (await ReadAsync(result.BuildId!, "output.log"))!.ShouldContain("ZeroDivisionError");
        (await ReadAsync(result.BuildId!, "output.zip"))!.ShouldStartWith("PK");
        (await ReadAsync(result.BuildId!, "absent")).ShouldBeNull();
        (await ReadAsync(result.BuildId!, "../../state.json")).ShouldBeNull();
    }

    [Fact]
    public async Task Its_events_and_its_end_are_here_too()
    {
        var compile = Service.CompileAsync(_target, Document("```{python}\nwhile True: pass\n```\n"), Token);
        await foreach (var happened in Service.WatchAsync(_target, Token))
            if (happened.Stage == CompileStage.Cells)
                break;

        await Service.StopAsync(_target, Token);

        (await compile).Status.ShouldBe(CompileStatus.Terminated);
        await Service.ClearAsync(_target, Token);
        _servers.ShouldAllBe(server => !server.Has(_target));
    }

    [Fact]
    public async Task A_project_goes_to_the_same_service_until_that_is_gone()
    {
        var first = ServerFor(_target);
        (await CompileAsync()).ShouldBe(CompileStatus.Success);
        (await CompileAsync()).ShouldBe(CompileStatus.Success);
        first.Has(_target).ShouldBeTrue();
        _servers.Count(server => server.Has(_target)).ShouldBe(1);

        await first.StopAsync();

        (await CompileAsync()).ShouldBe(CompileStatus.Success);
        var second = ServerFor(_target);
        second.ShouldNotBe(first);
        second.Has(_target).ShouldBeTrue();
    }

    [Fact]
    public void Projects_are_spread_and_only_those_of_the_one_that_is_gone_move()
    {
        var targets = Enumerable.Range(0, 300).Select(i => CompileTarget.Of($"p{i}", null)).ToList();
        var before = targets.ToDictionary(target => target.Name, target => Endpoints.For(target)[0]);
        before.Values.CountBy(endpoint => endpoint).ShouldAllBe(pair => pair.Value > 50);
        var gone = before.Values.First();

        Endpoints.FoundUnwell(gone);

        foreach (var target in targets)
            if (before[target.Name] != gone)
                Endpoints.For(target)[0].ShouldBe(before[target.Name]);
            else
                Endpoints.For(target)[0].ShouldNotBe(gone);
    }

    [Fact]
    public async Task Whether_a_service_is_well_is_its_own_word()
    {
        var first = Endpoints.For(_target)[0];
        Endpoints.FoundUnwell(first);
        await Endpoints.CheckAsync(Token);
        Endpoints.For(_target)[0].ShouldBe(first);

        await ServerFor(_target).StopAsync();
        await Endpoints.CheckAsync(Token);

        Endpoints.For(_target)[0].ShouldNotBe(first);
    }

    [Fact]
    public async Task When_none_answers_it_is_said_so()
    {
        foreach (var server in _servers)
            await server.StopAsync();

        var result = await Service.CompileAsync(_target, Document("# Words"), Token);

        result.Status.ShouldBe(CompileStatus.Unavailable);
        result.Error!.ShouldContain("Compile:Endpoints");
        (await Service.WatchAsync(_target, Token).AnyAsync(Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_key_is_said_to_be_one()
    {
        Endpoints.Http.DefaultRequestHeaders.Authorization = new("Bearer", "another-key-altogether");

        var result = await Service.CompileAsync(_target, Document("# Words"), Token);

        result.Status.ShouldBe(CompileStatus.Error);
        result.Error!.ShouldContain($"{(int)HttpStatusCode.Unauthorized}");
    }

    [Fact]
    public async Task What_a_service_cannot_finish_because_it_is_being_stopped_is_compiled_by_another()
    {
        var first = ServerFor(_target);
        var compile = Service.CompileAsync(_target, Document("```{python}\nwhile True: pass\n```\n"), Token);
        await foreach (var happened in Service.WatchAsync(_target, Token))
            if (happened.Stage == CompileStage.Cells)
                break;

        await first.StopAsync();

        await Eventually.IsTrueAsync(
            () => ServerFor(_target) != first && ServerFor(_target).Has(_target),
            "another one compiles it",
            Token
        );
        await Service.StopAsync(_target, Token);
        (await compile).Status.ShouldBe(CompileStatus.Terminated);
    }

    [Fact]
    public async Task That_a_service_does_not_stop_or_clear_is_not_passed_over()
    {
        Endpoints.Http.DefaultRequestHeaders.Authorization = new("Bearer", "another-key-altogether");

        foreach (var work in new[] { Service.StopAsync(_target, Token), Service.ClearAsync(_target, Token) })
            (await Should.ThrowAsync<CompileServiceException>(work)).Message.ShouldContain("answered 401 Unauthorized");
    }

    private static CompileRequest Document(string text) => new(Resources: [new Resource("index.qmd", text)]);

    private async Task<CompileStatus> CompileAsync() =>
        (await Service.CompileAsync(_target, Document("# Words"), Token)).Status;

    private TestServer ServerFor(CompileTarget target) =>
        _servers.Single(server => server.Client.BaseAddress == Endpoints.For(target)[0]);

    private async Task<string?> ReadAsync(string build, string path)
    {
        await using var output = await Service.OpenOutputAsync(_target, build, path, Token);
        if (output is null)
            return null;
        using var reader = new StreamReader(output.Content);
        return await reader.ReadToEndAsync(Token);
    }
}
