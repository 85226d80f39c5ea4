using Verso.Environments;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Cli.Commands.Doctor;

/// <summary>Whether the store can be written and packages can be had.</summary>
internal static class PlaceChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Check Store(EnvironmentsOptions options)
    {
        const string Name = "store";
        try
        {
            var layout = new StoreLayout(options);
            layout.Create();
            // Folders that are there already say nothing about whether they can be written.
            layout.NewStagingDirectory().Dispose();
            return new Check(Name, true, options.StoreDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Check(Name, false, e.Message);
        }
    }

    public static async Task<Check> IndexAsync(PackageIndexOptions options, CancellationToken cancellationToken)
    {
        const string Name = "index";
        if (options.Upstream.Length == 0)
            return new Check(Name, true, "none (PackageIndex:Upstream is empty)");
        // As builds do, which know of no proxy.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(
                options.Upstream,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            return (int)response.StatusCode < 500
                ? new Check(Name, true, options.Upstream)
                : new Check(
                    Name,
                    false,
                    $"{options.Upstream} answers with HTTP {(int)response.StatusCode} (PackageIndex:Upstream)."
                );
        }
        catch (Exception e)
            when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Check(
                Name,
                false,
                $"{options.Upstream} cannot be reached; without it no new package can be installed (PackageIndex:Upstream)."
            );
        }
    }

    public static Check Wheelhouse(string folder) =>
        Directory.Exists(folder)
            ? new Check("wheelhouse", true, folder)
            : new Check("wheelhouse", false, $"There is no folder {folder} (PackageIndex:Wheelhouses).");
}
