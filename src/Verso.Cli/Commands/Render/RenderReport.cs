using Verso.Cli.Terminal;
using Verso.Rendering;

namespace Verso.Cli.Commands.Render;

/// <summary>Tells people how a render went: what it has to say to standard error, documents' paths to standard output.</summary>
internal static class RenderReport
{
    public static void Write(RenderResult result, string project)
    {
        if (result.Environment is { State: EnvironmentState.Built } built)
            Output.Talk.Line($"Installed {Words.Count(built.Packages.Count, "package")} in {built.Seconds:0.0} s.");
        EntryLines.Write(Output.Talk, result.Log, project);
        foreach (var output in result.Outputs)
            if (output.Kind == OutputKind.Document)
                Output.Data.Line(output.Path);
            else if (output.Kind == OutputKind.Log && result.Status != RenderStatus.Success)
                Output.Talk.Line($"No document was made. The whole log is in {output.Path}");
    }
}
