using Verso.Environments.Checking;
using Verso.Environments.Gateway;
using Verso.Environments.Interpreters;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Environments.Wheels;

namespace Verso.Environments.Building;

/// <summary>Makes the environment of a resolution: at its final place, its record last.</summary>
internal sealed class EnvironmentInstaller(
    PackageGateway gateway,
    WheelStore wheels,
    VirtualEnvironments virtualEnvironments,
    EnvironmentCheck check,
    Resolutions resolutions,
    EnvironmentFiles files,
    StoreLayout layout,
    EnvironmentsOptions options,
    TimeProvider time
)
{
    /// <exception cref="BuildException">A package cannot be had, or all is too much.</exception>
    /// <exception cref="WheelException">A wheel is refused, or two do not go together.</exception>
    public async Task<BuildResult.Ready> InstallAsync(
        RequirementsIdentity wanted,
        Resolution resolution,
        BuildLog log,
        BuildQueue.Place place,
        CancellationToken cancellationToken
    )
    {
        var key = wanted.EnvironmentKey(resolution.Pins);
        var (found, exclusive) = await FollowedLog.WaitForTurnAsync(
            () => files.TryFind(key),
            layout.LockFile(key),
            layout.LogFile(key),
            log,
            place,
            cancellationToken
        );
        if (found is not null)
            return new BuildResult.Ready(key, resolution, Built: false, log.Text);
        using var turn = exclusive;
        log.BeginFile(layout.LogFile(key));
        InstallLimits.Check(resolution.Pins, options);
        log.Report($"Installing {resolution.Pins.Count} package(s) …");
        var started = time.GetTimestamp();
        files.Delete(key); // what a build that was killed left behind
        try
        {
            using var held = await FetchAsync(wanted, resolution, log, cancellationToken);
            InstallLimits.Check([.. held.Wheels.Select(wheel => (wheel.Manifest.Name, wheel.Space))], options);
            var plan = await LinkAsync(wanted.Interpreter, key, resolution, held.Wheels, cancellationToken);
            resolution = await CheckAsync(wanted.Interpreter, plan, resolution, log, cancellationToken);
            var elapsed = time.GetElapsedTime(started);
            files.Record(
                new EnvironmentRecord(
                    key,
                    time.GetUtcNow(),
                    Math.Round(elapsed.TotalSeconds, 3),
                    wanted.Interpreter.Path,
                    wanted.Interpreter.Version,
                    resolution.Requirements,
                    wanted.Interpreter.CacheTag,
                    resolution.Pins,
                    held.Wheels.Sum(wheel => wheel.Manifest.TotalBytes),
                    await OwnSpaceAsync(wanted.Interpreter, plan, cancellationToken),
                    [.. plan.Conflicts.Select(Describe), .. resolution.Warnings ?? []]
                )
            );
            log.Report($"Built environment {key[..12]} in {elapsed.TotalSeconds:0.0} s.");
        }
        catch
        {
            files.Delete(key);
            throw;
        }
        return new BuildResult.Ready(key, resolution, Built: true, log.Text);
    }

    private async Task<HeldWheels> FetchAsync(
        RequirementsIdentity wanted,
        Resolution resolution,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        // Meanwhile; if it fails, it fails again where it is needed.
        var preparing = virtualEnvironments.TemplateAsync(wanted.Interpreter, cancellationToken);
        try
        {
            return await FetchWheelsAsync(wanted, resolution, log, cancellationToken);
        }
        finally
        {
            await Task.WhenAny(preparing);
        }
    }

    private async Task<HeldWheels> FetchWheelsAsync(
        RequirementsIdentity wanted,
        Resolution resolution,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var tags = new WheelTags(wanted.Interpreter);
        if (resolution.Pins.FirstOrDefault(pin => !tags.Fits(WheelFileName.Parse(pin.FileName))) is { } foreign)
            throw new BuildException($"{foreign.FileName} is made for another Python or another kind of machine.")
            {
                IsStale = true,
            };
        using var build = gateway.OpenBuild(
            new BuildTicket(wanted.RequirementsKey, resolution.Pins.ToDictionary(pin => pin.Name, pin => pin.Version))
        );
        var sources = resolution.Pins.Select(pin => new WheelSource(
            pin.FileName,
            pin.Sha256,
            async token => await build.OpenAsync(pin, token)
        ));
        try
        {
            return await wheels.AcquireAsync([.. sources], wanted.Interpreter, log, cancellationToken);
        }
        catch (GatewayException e)
        {
            // A limit that it passes, or a wheel that is refused, is no reason to move a project's versions.
            throw new BuildException(e.Message) { IsTransient = e.PassesOver, IsStale = e.StatusCode == 404 };
        }
    }

    private async Task<EnvironmentPlan> LinkAsync(
        BaseInterpreter interpreter,
        string key,
        Resolution resolution,
        IReadOnlyList<StoredWheel> stored,
        CancellationToken cancellationToken
    )
    {
        var directory = layout.EnvironmentDirectory(key);
        await virtualEnvironments.CreateAsync(interpreter, directory, cancellationToken);
        var plan = new EnvironmentPlan(
            directory,
            interpreter,
            [.. stored.Zip(resolution.Pins, (wheel, pin) => new WheelToLink(wheel, pin.Requested))]
        );
        Kernelspec.CheckPlace(plan);
        await EnvironmentLinker.LinkAsync(plan, cancellationToken);
        await Kernelspec.WriteAsync(directory, cancellationToken);
        return plan;
    }

    private async Task<Resolution> CheckAsync(
        BaseInterpreter interpreter,
        EnvironmentPlan plan,
        Resolution resolution,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        // The same wheels were tried when this was first installed.
        if (resolution.Warnings is not null)
            return resolution;
        log.Report("Trying the packages …");
        var warnings = await check.RunAsync(interpreter, plan, resolution.Pins, cancellationToken);
        foreach (var warning in warnings)
            log.Report(warning);
        resolution = resolution with { Warnings = warnings };
        resolutions.KeepWarnings(resolution);
        return resolution;
    }

    private static string Describe(LinkConflict conflict) =>
        $"{conflict.First} and {conflict.Second} both have {conflict.Path}; the second one's is installed.";

    /// <summary>What is no second name of a wheel's file.</summary>
    private async Task<DiskSpace> OwnSpaceAsync(
        BaseInterpreter interpreter,
        EnvironmentPlan plan,
        CancellationToken cancellationToken
    )
    {
        var template = await virtualEnvironments.TemplateAsync(interpreter, cancellationToken);
        var written = plan.Files.Values.OfType<PlannedFile.Written>().ToList();
        var entries = template
            .Entries.Select(entry => entry.Path)
            .Concat(plan.Folders)
            .Concat(written.Select(file => file.Path))
            .Concat(Kernelspec.Entries)
            .Distinct()
            .Count();
        return new DiskSpace(written.Sum(file => (long)file.Content.Length), entries + 1);
    }
}
