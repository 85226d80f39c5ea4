using System.Net;
using System.Text.Json;
using Verso.Environments.Gateway;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Environments.Tests.Gateway;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Resolving;

/// <summary>An upstream that a test fills, and the ways to resolve against it.</summary>
internal sealed class ResolvingFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private EnvironmentsOptions _options;
    private readonly Sandbox _sandbox = new(new SandboxOptions());

    private ResolvingFixture(FakeUpstream upstream)
    {
        Upstream = upstream;
        _options = new EnvironmentsOptions { StoreDirectory = _directory.Combine("store") };
        Layout = new StoreLayout(_options);
        Layout.Create();
        Index = new PackageIndexOptions { Upstream = upstream.Url };
    }

    public FakeUpstream Upstream { get; }

    public StoreLayout Layout { get; }

    public PackageIndexOptions Index { get; set; }

    public PackageGateway Gateway =>
        field ??= new PackageGateway(
            Index,
            Layout,
            TimeProvider.System,
            logger: null,
            new GatewayNetwork { Proxy = new WebProxy(), RetryDelay = TimeSpan.Zero }
        );

    /// <summary>What a resolver said.</summary>
    public CollectedLog Log { get; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ResolvingFixture> StartAsync() => new(await FakeUpstream.StartAsync());

    public static string Text(IReadOnlyList<Pin>? pins) => JsonSerializer.Serialize(pins);

    /// <summary>Puts a wheel on its project's page, metadata beside it where that is wanted.</summary>
    public void Add(TestWheel wheel, bool withMetadata = false, string? yanked = null)
    {
        var content = wheel.ToBytes();
        var metadata = WheelMetadata.TryRead(new MemoryStream(content))!;
        Upstream.AddFile(
            PackageName.Normalize(wheel.Name),
            wheel.FileName,
            content,
            file =>
            {
                file["size"] = content.Length;
                if (wheel.RequiresPython is { } python)
                    file["requires-python"] = python;
                if (yanked is not null)
                    file["yanked"] = yanked;
                if (withMetadata)
                    file["core-metadata"] = new System.Text.Json.Nodes.JsonObject
                    {
                        ["sha256"] = FakeUpstream.Hash(metadata),
                    };
            }
        );
        if (withMetadata)
            Upstream.Answer(
                $"/files/{wheel.FileName}.metadata",
                context => context.Response.Body.WriteAsync(metadata).AsTask()
            );
    }

    /// <summary>The base interpreter behind a shell's command.</summary>
    public void UsePython(string command)
    {
        var python = _directory.Write("bin/python3", $"#!/bin/sh\n{command}\nexec /usr/bin/python3 \"$@\"\n");
        File.SetUnixFileMode(python, (UnixFileMode)0b111_101_101);
        _options = _options with { Python = python };
    }

    public Task<BaseInterpreter> InspectAsync() => new InterpreterInspector(_options, Layout).InspectAsync(Stop);

    public async Task<IReadOnlyList<Pin>> ResolveAsync(params string[] lines) =>
        await new Resolver(Gateway, Index, Layout, _sandbox).ResolveAsync(await IdentifyAsync(lines), Log, Stop);

    /// <returns>Null when only pip can tell.</returns>
    public async Task<IReadOnlyList<Pin>?> ResolvePlainlyAsync(params string[] lines)
    {
        var wanted = await IdentifyAsync(lines);
        using var build = Gateway.OpenBuild(Resolver.Ticket(wanted));
        return await PlainResolver.TryResolveAsync(wanted, build, Stop) is { } packages
            ? ResolvedPackage.ToPins(packages, build)
            : null;
    }

    public async Task<IReadOnlyList<Pin>> ResolveWithPipAsync(params string[] lines)
    {
        var wanted = await IdentifyAsync(lines);
        using var build = Gateway.OpenBuild(Resolver.Ticket(wanted));
        var pip = new PipResolver(Gateway, Index, Layout, _sandbox);
        return ResolvedPackage.ToPins(await pip.ResolveAsync(wanted, build, Log, Stop), build);
    }

    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        await Upstream.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<RequirementsIdentity> IdentifyAsync(string[] lines)
    {
        var file = RequirementsFile.Parse(string.Join('\n', lines));
        file.Faults.ShouldBeEmpty();
        return new RequirementsIdentity(file.NormalizedLines, await InspectAsync(), Index, _options, "");
    }
}
