using Verso.Environments.Building;
using Verso.Environments.Interpreters;
using Verso.Environments.Wheels;

namespace Verso.Environments.Store;

/// <summary>Compares environments with what was made, file by file. Keep one for all that are looked at: it hashes each wheel once.</summary>
public sealed class EnvironmentVerification
{
    private readonly EnvironmentFiles _files;
    private readonly WheelStore _wheels;
    private readonly VirtualEnvironments _virtualEnvironments;
    private readonly InterpreterInspector _inspector;
    private readonly EnvironmentVerifier _verifier = new();

    internal EnvironmentVerification(
        EnvironmentFiles files,
        WheelStore wheels,
        VirtualEnvironments virtualEnvironments,
        InterpreterInspector inspector
    ) => (_files, _wheels, _virtualEnvironments, _inspector) = (files, wheels, virtualEnvironments, inspector);

    /// <summary>
    /// Removes an environment that was found to differ, and the wheels that were found damaged: to be made anew when
    /// they are needed.
    /// </summary>
    /// <returns>False when the environment, or one of the wheels, is in use.</returns>
    public bool TryRepair(string key)
    {
        var isDone = _files.TryDelete(key, dryRun: false);
        foreach (var wheel in _verifier.DamagedWheels)
            isDone &= _wheels.TryDelete(wheel, dryRun: false);
        return isDone;
    }

    /// <returns>A sentence for each difference; null when there is no such environment (any more).</returns>
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public async Task<IReadOnlyList<string>?> VerifyAsync(string key, CancellationToken cancellationToken)
    {
        if (_files.TryLease(key) is not var (environment, lease))
            return null;
        using var kept = lease;
        var record = environment.Record;
        var interpreter = await _inspector.InspectAsync(cancellationToken);
        if (record.Interpreter != interpreter.Path || record.CacheTag != interpreter.CacheTag)
            return
            [
                $"It was made for {record.Interpreter} {record.InterpreterVersion}, which is not the base interpreter now.",
            ];
        using var held = _wheels.TryAcquire([.. record.Packages.Select(pin => pin.Sha256)], interpreter);
        if (held is null)
            return ["Wheels that it was made of are not in the store any more."];
        var wheels = held.Wheels.Zip(record.Packages, (wheel, pin) => new WheelToLink(wheel, pin.Requested));
        var differences = _verifier.Verify(
            new EnvironmentPlan(environment.Directory, interpreter, [.. wheels]),
            await _virtualEnvironments.TemplateAsync(interpreter, cancellationToken),
            new Dictionary<string, byte[]> { [Kernelspec.Path] = Kernelspec.Content(environment.Directory) }
        );
        return [.. differences.Select(Describe)];
    }

    private static string Describe(EnvironmentDifference difference) =>
        difference.Kind switch
        {
            DifferenceKind.Missing => $"{difference.Path} is missing{Of(difference)}.",
            DifferenceKind.Extra => $"{difference.Path} was put there by nobody.",
            _ => $"{difference.Path} is not what was installed{Of(difference)}.",
        };

    private static string Of(EnvironmentDifference difference) =>
        difference.Wheel is null ? "" : $" ({difference.Wheel})";
}
