namespace Verso.Environments.Wheels;

/// <summary>
/// Makes the files of a plan. Everything but the programs of bin is a second name of a file in the wheel store: what is
/// written to through one environment is written to in all, so environments are mounted read-only, always.
/// </summary>
internal static class EnvironmentLinker
{
    private const int Chunk = 256;

    /// <param name="plan">Its directory holds an empty virtualenv, and its wheels are held.</param>
    /// <exception cref="IOException">A file could not be made; what was made meanwhile is left.</exception>
    public static async Task LinkAsync(EnvironmentPlan plan, CancellationToken cancellationToken)
    {
        foreach (var folder in plan.Folders)
            Directory.CreateDirectory(Path.Combine(plan.Directory, folder));
        var links = new FileLinks();
        var chunks = plan.Files.Values.Chunk(Chunk).ToArray();
        await InParallel.ForAsync(
            chunks.Length,
            i =>
            {
                foreach (var file in chunks[i])
                    Make(file, Path.Combine(plan.Directory, file.Path), links);
            },
            cancellationToken
        );
    }

    private static void Make(PlannedFile file, string target, FileLinks links)
    {
        if (file is PlannedFile.Linked linked)
            links.Link(linked.Source, target);
        else if (file is PlannedFile.Written written)
            NewFile.Write(target, written.Content, written.Executable);
    }
}
