using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines;

/// <summary>What turns documents into outputs.</summary>
public interface IEngine
{
    string Name { get; }

    /// <summary>Why it cannot do what is asked, in a sentence; null when it can try.</summary>
    string? Refuse(RenderRequest request);

    /// <param name="target">A document, or the folder of a Quarto project.</param>
    /// <exception cref="DocumentException">The engine could do nothing with it.</exception>
    Task<EngineSources> ReadAsync(string target, CancellationToken cancellationToken);

    Task<EngineResult> RenderAsync(
        EngineRequest request,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    );
}
