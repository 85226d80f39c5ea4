using Verso.Cli.Terminal;
using Verso.Rendering;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;

namespace Verso.Cli.Commands.Render;

/// <summary>Tells people how a render went: what it has to say to standard error, the document's path to standard output.</summary>
internal static class RenderReport
{
    private const string LogType = "text/plain";

    public static void Write(RenderResult result, string documentPath)
    {
        if (result.Environment is { State: EnvironmentState.Built } built)
            Output.Talk.Line($"Installed {Words.Count(built.Packages.Count, "package")} in {built.Seconds:0.0} s.");
        var project = ProjectDirectory.Of(documentPath);
        foreach (var entry in result.Log)
            Output.Talk.Line(Describe(entry, project));
        foreach (var output in result.Outputs)
            if (output.Type != LogType)
                Output.Data.Line(output.Path);
            else if (result.Status != RenderStatus.Success)
                Output.Talk.Line($"No document was made. The whole log is in {output.Path}");
    }

    private static List<Piece> Describe(LogEntry entry, string project)
    {
        var pieces = new List<Piece>();
        if (entry.File is not null)
        {
            // Relative to where the reader is, so that a terminal or an editor finds it.
            var file = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(project, entry.File));
            pieces.Add(new Piece(entry.Line is null ? $"{file}: " : $"{file}:{entry.Line}: ", Tone.Strong));
        }
        var level = entry.Level.ToString().ToLowerInvariant();
        pieces.Add(
            new Piece(
                $"{level}: ",
                entry.Level switch
                {
                    EntryLevel.Error => Tone.Bad,
                    EntryLevel.Warning => Tone.Caution,
                    _ => Tone.Quiet,
                }
            )
        );
        pieces.Add(entry.Message);
        if (entry.Cell is not null)
            pieces.Add(new Piece($" (cell {entry.Cell})", Tone.Quiet));
        return pieces;
    }
}
