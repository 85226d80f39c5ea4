using Verso.Rendering.Engines;
using Verso.Sandboxing;

[assembly: AssemblyFixture(typeof(Verso.Rendering.Tests.Engines.Quarto.QuartoInstallations))]

namespace Verso.Rendering.Tests.Engines.Quarto;

/// <summary>The Quartos that tests run against: the stand-in, and the real one where there is one.</summary>
public sealed class QuartoInstallations : IDisposable
{
    public const string StandIn = "stand-in";
    public const string Real = "real";

    private static readonly string? RealProgram = ProgramPath.TryFind("quarto");
    private readonly QuartoStandIn _standIn = new();

    public static TheoryData<string> All => RealProgram is null ? [StandIn] : [StandIn, Real];

    /// <summary>A project that Quarto renders, confined within limits.</summary>
    public Project Project(string installation = StandIn, SandboxLimits? limits = null) =>
        new()
        {
            Options = Options(installation),
            Environments = new() { Enabled = true },
            Sandbox = new Sandbox(new SandboxOptions { Render = limits ?? new() }),
        };

    public RenderingOptions Options(string installation = StandIn) =>
        new() { Engine = EngineChoice.Quarto, QuartoPath = installation == StandIn ? _standIn.Program : RealProgram! };

    public void Dispose() => _standIn.Dispose();
}
