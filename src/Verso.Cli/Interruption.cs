using System.Runtime.InteropServices;

namespace Verso.Cli;

/// <summary>
/// Turns the first signal to stop into a cancellation, so that children are ended and half-made things deleted. A
/// second one is left to its default action: the program is gone at once, its children with it.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly Dictionary<PosixSignal, int> Numbers = new()
    {
        [PosixSignal.SIGHUP] = 1,
        [PosixSignal.SIGINT] = 2,
        [PosixSignal.SIGTERM] = 15,
    };

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public Interruption() =>
        _registrations = [.. Numbers.Keys.Select(signal => PosixSignalRegistration.Create(signal, Accept))];

    public CancellationToken Token => _source.Token;

    /// <summary>What the program ends with because of the signal; null when there was none.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Accept(PosixSignalContext context)
    {
        if (ExitCode is not null)
            return;
        context.Cancel = true; // of the signal's default action
        ExitCode = 128 + Numbers[context.Signal];
        _source.Cancel();
    }
}
