using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Server.Settings;
using Verso.Server.Sharing;
using Verso.Server.Web;

namespace Verso.Server.Python;

/// <summary>Names of packages that begin as somebody types. No index is asked.</summary>
internal static class PackageEndpoints
{
    private const int Most = 20;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/projects/{project}/python/packages", CompleteAsync).For(Need.Read);

    /// <param name="Source"><c>project</c>, <c>wheelhouse</c> or <c>popular</c>.</param>
    internal sealed record Suggestion(string Name, string Source);

    private static async Task<Ok<List<Suggestion>>> CompleteAsync(
        string query,
        ProjectAccess access,
        ProjectRequirements requirements,
        ServerSettings settings,
        CancellationToken cancellationToken
    )
    {
        var beginning = PackageName.Normalize(query.Trim());
        if (beginning.Length == 0 || beginning.Length > 100)
            return TypedResults.Ok(new List<Suggestion>());
        var own = (await requirements.ReadAsync(access.Project.Id, cancellationToken)).File.Requirements.Select(r =>
            r.Name
        );
        // Names of private packages are for those who could install them.
        var wheelhouses = access.MayInstall ? settings.PackageIndex.Wheelhouses.SelectMany(NamesIn) : [];
        return TypedResults.Ok(
            Suggest(own, "project")
                .Concat(Suggest(wheelhouses, "wheelhouse"))
                .Concat(PopularPackages.BeginningWith(beginning).Select(name => new Suggestion(name, "popular")))
                .DistinctBy(suggestion => suggestion.Name)
                .Take(Most)
                .ToList()
        );

        IEnumerable<Suggestion> Suggest(IEnumerable<string> names, string source) =>
            names
                .Where(name => name.StartsWith(beginning, StringComparison.Ordinal))
                .Order()
                .Select(name => new Suggestion(name, source));
    }

    private static IEnumerable<string> NamesIn(string wheelhouse) =>
        Directory.Exists(wheelhouse)
            ? Directory
                .EnumerateFiles(wheelhouse, "*.whl")
                .Select(path => PackageName.Normalize(Path.GetFileName(path).Split('-')[0]))
                .Distinct()
            : [];
}
