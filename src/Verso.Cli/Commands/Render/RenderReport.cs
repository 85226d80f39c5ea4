using Verso.Cli.Terminal;
using Verso.Rendering;
using Verso.Rendering.Documents;

namespace Verso.Cli.Commands.Render;

/// <summary>Tells people how a render went: what it has to say to standard error, the document's path to standard output.</summary>
internal static class RenderReport
{
    private const string LogType = "text/plain";

    public static void Write(RenderResult result, string documentPath)
    {
        if (result.Environment is { State: EnvironmentState.Built } built)
            Output.Talk.Line($"Installed {Words.Count(built.Packages.Count, "package")} in {built.Seconds:0.0} s.");
        EntryLines.Write(Output.Talk, result.Log, ProjectDirectory.Of(documentPath));
        foreach (var output in result.Outputs)
            if (output.Type != LogType)
                Output.Data.Line(output.Path);
            else if (result.Status != RenderStatus.Success)
                Output.Talk.Line($"No document was made. The whole log is in {output.Path}");
    }
}
