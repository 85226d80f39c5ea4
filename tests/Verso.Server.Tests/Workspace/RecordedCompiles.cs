using System.Collections.Concurrent;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Tests.Workspace;

/// <summary>Compiles, and notes which answer of the gate went with each.</summary>
internal sealed class RecordedCompiles(ICompileService inner, ConcurrentQueue<bool> allowed) : PassedOnCompiles(inner)
{
    public override Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        allowed.Enqueue(request.Options!.AllowPythonInstall);
        return base.CompileAsync(target, request, cancellationToken);
    }
}
