using Verso.Sandboxing;

namespace Verso.Bench.Store;

/// <summary>What twenty environments take up that have twenty packages in common and two of their own each.</summary>
internal static class Sharing
{
    private const int Environments = 20;
    private const int Common = 20;
    private const int Own = 2;

    public static async Task RunAsync(Workplace place)
    {
        var verso = new VersoProgram(place.NewPath("store"), place.Packages);
        var plain = place.NewPath("plain");
        for (var i = 0; i < Environments; i++)
        {
            var own = PackageSet.Names.Skip(Common + i * Own).Take(Own);
            var project = place.NewProject([.. PackageSet.Names.Take(Common), .. own]);
            await verso.BuildAsync(project);
            await PlainRecipe.BuildAsync(Path.Combine(plain, $"{i}"), project, place.Packages);
        }
        var (plainBytes, versoBytes) = (await DiskUsageAsync(plain), await DiskUsageAsync(verso.StoreDirectory));
        MarkdownTable.Print(
            ["20 environments of 22 packages, 20 of them in all", "MiB on disk", "share"],
            [
                [PlainRecipe.Name, $"{plainBytes >> 20:N0}", ""],
                ["Verso's store, all of it", $"{versoBytes >> 20:N0}", $"1/{(double)plainBytes / versoBytes:0.0}"],
            ]
        );
    }

    // It counts hard links once.
    private static async Task<long> DiskUsageAsync(string directory)
    {
        var (output, _) = await Programs.RunAsync(new ProcessSpec("du", "--summarize", "--block-size=1", directory));
        return long.Parse(output.Split('\t')[0]);
    }
}
