using Verso.Rendering.Engines.Builtin;
using Verso.Rendering.Engines.Quarto;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines;

public static class EngineSelection
{
    /// <exception cref="ProgramNotFoundException">Quarto was asked for and is not installed.</exception>
    public static IEngine Choose(RenderingOptions options, Sandbox sandbox, TimeProvider time)
    {
        if (options.Engine == EngineChoice.Builtin)
            return new BuiltinEngine(options.CacheDirectory, sandbox, time);
        if (QuartoProgram.TryFind(options.QuartoPath) is { } program)
            return new QuartoEngine(program, options.CacheDirectory, sandbox, time);
        return options.Engine == EngineChoice.Auto
            ? new BuiltinEngine(options.CacheDirectory, sandbox, time)
            : throw new ProgramNotFoundException(options.QuartoPath);
    }
}
