using System.Runtime.CompilerServices;
using System.Text;
using Verso.Rendering;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Tests.Workspace.Access;

/// <summary>Answers compiles at once, with one page, where rendering is not what is tested.</summary>
internal sealed class StandInCompiles(TimeProvider time) : ICompileService
{
    public Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        var build = BuildId.New(time);
        return Task.FromResult(
            new CompileResult(CompileStatus.Success)
            {
                BuildId = build,
                OutputFiles = [new OutputFile("", "index.html", "html", build, 9, OutputKind.Document)],
            }
        );
    }

    public Task<EnvironmentAnswer> EnvironmentAsync(
        CompileTarget target,
        EnvironmentWish wish,
        CancellationToken cancellationToken
    ) => Task.FromResult(new EnvironmentAnswer { IsEnabled = false, Fault = "Nothing is installed here." });

    public Task StopAsync(CompileTarget target, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ClearAsync(CompileTarget target, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<OutputContent?> OpenOutputAsync(
        CompileTarget target,
        string buildId,
        string path,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<OutputContent?>(
            new OutputContent(new MemoryStream(Encoding.UTF8.GetBytes("<p>A page")), "text/html")
        );

    public async IAsyncEnumerable<CompileEvent> WatchAsync(
        CompileTarget target,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        yield return new CompileEvent(CompileStage.Done, "");
    }
}
