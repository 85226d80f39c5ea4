using System.Security.Cryptography;

namespace Verso.Sandboxing;

/// <summary>What one run in the sandbox needs for as long as it lasts: its user, its control group, its private files.</summary>
internal sealed class SandboxRun : IDisposable
{
    private const int FirstUserId = 20_001;
    private const int UserIds = 20_000;

    private readonly SandboxProfile _profile;
    private readonly BubblewrapCommand _command;
    private readonly StagingDirectory _private = StagingDirectory.CreateTemporary();
    private readonly ControlGroup? _group;

    // Picked at random, not kept account of: two runs of one user still cannot see each other's processes or files.
    private readonly int? _userId = Environment.IsPrivilegedProcess
        ? FirstUserId + RandomNumberGenerator.GetInt32(UserIds)
        : null;

    public SandboxRun(SandboxProfile profile, SandboxRung rung)
    {
        _profile = profile;
        _command = new BubblewrapCommand(profile, rung, _private.Path, _userId);
        _command.Prepare();
        _group = ControlGroup.TryCreate(_private.Name, profile.Limits);
        if (_userId is { } id)
            GiveFolders(id);
    }

    public bool HoldsMemory => _group is not null;

    /// <summary>The limit that the kernel held the run to, if it came to that.</summary>
    public Overrun? Overrun =>
        _group?.RanOutOfMemory == true ? Sandboxing.Overrun.Memory
        : _group?.RanOutOfProcesses == true ? Sandboxing.Overrun.Processes
        : null;

    public ProcessSpec Wrap(ProcessSpec spec) =>
        spec with
        {
            FileName = "/bin/sh",
            Arguments = _command.Compose(spec, _group),
            WorkingDirectory = "/",
        };

    public void Dispose()
    {
        // Only once nobody is left who could put a link where the owner is being changed.
        _group?.Dispose();
        if (_userId is not null)
            GiveFolders(0);
        _private.Dispose();
    }

    private void GiveFolders(int userId)
    {
        foreach (var folder in _profile.Writable)
            Ownership.Give(folder.Path, userId);
    }
}
