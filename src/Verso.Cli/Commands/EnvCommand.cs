using System.CommandLine;
using System.Diagnostics;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Cli.Commands;

internal static class EnvCommand
{
    public static Command Create() =>
        new("env", "Look after the environments that projects' packages are installed in")
        {
            Resolve(),
            Build(),
            List(),
            Show(),
        };

    private static Command Resolve()
    {
        var directory = ProjectArgument();
        var command = new Command("resolve", "Say what a project's requirements resolve to") { directory };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = Request(arguments.GetRequiredValue(directory));
                var store = Store(settings);
                var outcome = await Output.WithStatusAsync(
                    "Resolving",
                    status => store.ResolveAsync(request, Progress(status), cancellationToken)
                );
                if (outcome is ResolutionOutcome.Failed failed)
                    return Fail(failed.Message, failed.Faults, arguments.GetValue(VersoCommand.Json));
                var resolved = (ResolutionOutcome.Resolved)outcome;
                if (arguments.GetValue(VersoCommand.Json))
                    Output.WriteJson(
                        new
                        {
                            resolved.RequirementsKey,
                            Key = resolved.EnvironmentKey,
                            resolved.Resolution.ResolvedAt,
                            Packages = resolved.Resolution.Pins,
                        }
                    );
                else
                    foreach (var pin in resolved.Resolution.Pins)
                        Output.WriteLine($"{pin.Name}=={pin.Version}");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Build()
    {
        var directory = ProjectArgument();
        var command = new Command("build", "Build the environment of a project unless it is there") { directory };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = Request(arguments.GetRequiredValue(directory));
                var json = arguments.GetValue(VersoCommand.Json);
                var watch = Stopwatch.StartNew();
                var store = Store(settings);
                using var outcome = await Output.WithStatusAsync(
                    "Building the environment",
                    status => store.AcquireAsync(request, Progress(status), cancellationToken)
                );
                if (outcome is EnvironmentOutcome.Base { Reason: not BaseReason.NoRequirements } failed)
                {
                    if (!json)
                        Output.Say(failed.Log.TrimEnd());
                    return Fail(failed.Message, failed.Faults, json);
                }
                var environment = (outcome as EnvironmentOutcome.Leased)?.Environment;
                var state =
                    environment is null ? "base"
                    : ((EnvironmentOutcome.Leased)outcome).Built ? "built"
                    : "reused";
                if (json)
                    Output.WriteJson(
                        new
                        {
                            environment?.Key,
                            State = state,
                            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
                            Packages = (environment?.Record.Packages ?? []).Select(pin => new
                            {
                                pin.Name,
                                pin.Version,
                            }),
                        }
                    );
                else
                    Output.WriteLine(
                        environment is null
                            ? $"Nothing to build: the project names no packages in {RequirementsFile.Name}."
                            : $"{state} {environment.ShortKey} with {environment.Record.Packages.Count} package(s)"
                    );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the environments, most recently used first");
        command.Runs(
            (arguments, settings, _) =>
            {
                var entries = Store(settings).List();
                if (arguments.GetValue(VersoCommand.Json))
                    Output.WriteJson(
                        entries.Select(entry => new
                        {
                            entry.Environment.Key,
                            entry.Environment.Record.BuiltAt,
                            entry.LastUsed,
                            Packages = entry.Environment.Record.Packages.Count,
                        })
                    );
                else
                    foreach (var (environment, lastUsed) in entries)
                        Output.WriteLine(
                            $"{environment.ShortKey}  used {lastUsed.ToLocalTime():yyyy-MM-dd HH:mm}  "
                                + $"{string.Join(", ", environment.Record.Requirements)}"
                        );
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }

    private static Command Show()
    {
        var key = new Argument<string>("KEY") { Description = "An environment's key, or the start of it" };
        var command = new Command("show", "Show what an environment holds") { key };
        command.Runs(
            (arguments, settings, _) =>
            {
                var environment = Find(Store(settings), arguments.GetRequiredValue(key));
                var record = environment.Record;
                if (arguments.GetValue(VersoCommand.Json))
                {
                    Output.WriteJson(
                        new
                        {
                            record.Key,
                            environment.Directory,
                            record.BuiltAt,
                            record.BuildSeconds,
                            record.Interpreter,
                            record.InterpreterVersion,
                            record.Requirements,
                            record.Packages,
                        }
                    );
                    return Task.FromResult(ExitCodes.Success);
                }
                Output.WriteLine($"key           {record.Key}");
                Output.WriteLine($"directory     {environment.Directory}");
                Output.WriteLine(
                    $"built         {record.BuiltAt.ToLocalTime():yyyy-MM-dd HH:mm} in {record.BuildSeconds:0.0} s"
                );
                Output.WriteLine($"interpreter   {record.Interpreter} ({record.InterpreterVersion})");
                Output.WriteLine($"requirements  {string.Join(", ", record.Requirements)}");
                foreach (var pin in record.Packages)
                    Output.WriteLine($"  {pin.Name}=={pin.Version}{(pin.Requested ? "" : "  (needed by another)")}");
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }

    private static Argument<string> ProjectArgument() =>
        new("DIR") { Description = $"The folder that holds {RequirementsFile.Name}" };

    private static EnvironmentRequest Request(string directory) =>
        Directory.Exists(directory)
            ? new EnvironmentRequest(Path.GetFullPath(directory), AllowInstall: true)
            : throw new UsageException($"There is no folder {directory}.");

    private static EnvironmentStore Store(CliSettings settings) =>
        new(settings.Environments, settings.PackageIndex, TimeProvider.System);

    private static PythonEnvironment Find(EnvironmentStore store, string key)
    {
        var found = store.List().Select(entry => entry.Environment).Where(entry => entry.Key.StartsWith(key)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new UsageException(
                $"There is no environment whose key starts with '{key}'; see 'verso env list'."
            ),
            _ => throw new UsageException($"{found.Count} environments' keys start with '{key}'; give more of it."),
        };
    }

    private static int Fail(string message, IReadOnlyList<RequirementFault> faults, bool json)
    {
        if (json)
            Output.WriteJson(new { Error = message, Faults = faults });
        else if (faults.Count == 0)
            Output.Say(message);
        foreach (var fault in json ? [] : faults)
            Output.Say(fault.ToString());
        return ExitCodes.DocumentFailed;
    }

    private static LineProgress? Progress(Action<string>? show) => show is null ? null : new LineProgress(show);

    private sealed class LineProgress(Action<string> show) : IProgress<string>
    {
        public void Report(string value) => show(value);
    }
}
