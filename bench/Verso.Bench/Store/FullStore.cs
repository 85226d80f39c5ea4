using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Bench.Store;

/// <summary>
/// Fills a store with environments of twenty packages: one that is built, and others that have all that makes an
/// environment one (record, resolution, lock, time of last use) but hold no files.
/// </summary>
internal static class FullStore
{
    private const int PackageCount = 20;

    /// <returns>The projects that they belong to.</returns>
    public static async Task<IReadOnlyList<string>> FillAsync(
        Workplace place,
        VersoProgram verso,
        EnvironmentStore store,
        int environments
    )
    {
        var projects = new List<string> { place.NewProject(PackageSet.Names.Take(PackageCount)) };
        using var outcome = await store.AcquireAsync(
            new EnvironmentRequest(projects[0], AllowInstall: true),
            progress: null,
            CancellationToken.None
        );
        if (outcome is not EnvironmentOutcome.Leased built)
            throw new InvalidOperationException(outcome.Log);
        var interpreter = await store.InspectBaseAsync(CancellationToken.None);
        for (var i = 1; i < environments; i++)
        {
            var project = place.NewProject([
                $"{PackageSet.Names[0]}!=2.{i}",
                .. PackageSet.Names.Skip(1).Take(PackageCount - 1),
            ]);
            projects.Add(project);
            Add(verso, interpreter, project, built);
        }
        return projects;
    }

    private static void Add(
        VersoProgram verso,
        BaseInterpreter interpreter,
        string project,
        EnvironmentOutcome.Leased model
    )
    {
        var layout = new StoreLayout(verso.Options);
        var lines = RequirementsFile.Load(project).NormalizedLines;
        var identity = new RequirementsIdentity(lines, interpreter, verso.Index, verso.Options, scope: "");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)));
        var resolution = model.Resolution with
        {
            RequirementsKey = identity.RequirementsKey,
            Requirements = lines,
            Pins = [model.Resolution.Pins[0] with { Sha256 = sha256 }, .. model.Resolution.Pins.Skip(1)],
        };
        var key = identity.EnvironmentKey(resolution.Pins);
        var record = model.Environment.Record with { Key = key, Requirements = lines, Packages = resolution.Pins };
        Directory.CreateDirectory(layout.EnvironmentDirectory(key));
        Write(layout.ResolutionFile(identity.RequirementsKey), resolution);
        Write(layout.RecordFile(key), record);
        File.WriteAllText(layout.LockFile(key), "");
        File.WriteAllText(layout.UsedFile(key), "");
    }

    private static void Write<T>(string path, T value) =>
        File.WriteAllText(path, JsonSerializer.Serialize(value, JsonSerializerOptions.Web));
}
