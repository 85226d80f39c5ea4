namespace Verso.Sandboxing;

/// <summary>The arguments of <c>/bin/sh</c> that run a program in a sandbox.</summary>
internal sealed class BubblewrapCommand(SandboxProfile profile, SandboxRung rung, string privateFolder, int? userId)
{
    private const int UnprivilegedUserId = 20_001;
    private const long SmallTmpfs = 64 << 20;

    // Joins the control groups without a race, and opens the filter, for .NET passes no descriptors to children.
    private const string Enter = """
        filter=$1 blocks=$2 groups=$3; shift 3
        while [ "$groups" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; groups=$((groups - 1)); done
        ulimit -c 0 && ulimit -f "$blocks" && exec 9<"$filter" || exit 125
        exec "$@"
        """;

    private static readonly string[] SystemFolders = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    // What Debian's Python stack, pandoc and fontconfig read at run time.
    private static readonly string[] SystemFiles =
    [
        "/etc/ld.so.cache",
        "/etc/alternatives",
        "/etc/fonts",
        "/etc/matplotlibrc",
        "/etc/localtime",
        "/etc/mime.types",
    ];

    private readonly List<string> _command = [];

    /// <summary>Writes the files that the command reads.</summary>
    public void Prepare()
    {
        var id = userId ?? UnprivilegedUserId;
        File.WriteAllBytes(PrivateFile("filter"), SeccompFilter.Build());
        File.WriteAllText(PrivateFile("passwd"), $"verso:x:{id}:{id}::{SandboxProfile.Home}:/bin/sh\n");
        File.WriteAllText(PrivateFile("group"), $"verso:x:{id}:\n");
    }

    public IReadOnlyList<string> Compose(ProcessSpec spec, ControlGroup? group)
    {
        var entrances = group?.Entrances ?? [];
        var fileBlocks = ((long)profile.Limits.DiskMiB << 20) / 512;
        Add(["-c", Enter, "sh", PrivateFile("filter"), $"{fileBlocks}", $"{entrances.Count}", .. entrances]);
        Add(ProgramPath.Find("bwrap"), "--die-with-parent", "--new-session", "--hostname", "sandbox");
        Add(
            "--unshare-ipc",
            "--unshare-pid",
            "--unshare-net",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--seccomp",
            "9"
        );
        AddUser();
        AddSystem();
        AddFolders();
        Add("--chdir", spec.WorkingDirectory, "--remount-ro", "/", "--");
        AddDrop();
        if (group is null)
            AddLimits();
        Add([ProgramPath.Find(spec.FileName), .. spec.Arguments]);
        return _command;
    }

    // Root drops to the slot's user inside: only root can reach every place that is shown there. The first process
    // inside stays bubblewrap's own, which dies with its parent; the parent-death signal would not reach another user's.
    private void AddUser()
    {
        Add("--cap-drop", "ALL");
        if (userId is null)
            Add(
                "--as-pid-1",
                "--unshare-user",
                "--disable-userns",
                "--uid",
                $"{UnprivilegedUserId}",
                "--gid",
                $"{UnprivilegedUserId}"
            );
        else
            foreach (var capability in (string[])["SETUID", "SETGID", "SETPCAP", "DAC_READ_SEARCH"])
                Add("--cap-add", "CAP_" + capability);
    }

    private void AddDrop()
    {
        if (userId is null)
            return;
        Add("/usr/bin/setpriv", $"--reuid={userId}", $"--regid={userId}", "--clear-groups", "--no-new-privs");
        Add("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--");
    }

    private void AddSystem()
    {
        Add("--ro-bind", "/usr", "/usr", "--dir", "/etc");
        foreach (var name in SystemFolders)
            if (new DirectoryInfo("/" + name) is { Exists: true } folder)
            {
                if (folder.LinkTarget is { } target)
                    Add("--symlink", target, "/" + name);
                else
                    Add("--ro-bind", "/" + name, "/" + name);
            }
        foreach (var path in SystemFiles.Concat(Directory.EnumerateDirectories("/etc", "python3*")))
            Add("--ro-bind-try", path, path);
        Add("--ro-bind", PrivateFile("passwd"), "/etc/passwd", "--ro-bind", PrivateFile("group"), "/etc/group");
        if (rung == SandboxRung.Full)
            Add("--proc", "/proc");
        Add("--dev", "/dev");
        AddTmpfs("/dev/shm", SmallTmpfs);
        Add("--remount-ro", "/dev");
        AddTmpfs("/tmp", (long)profile.Limits.TemporaryMiB << 20);
        AddTmpfs(SandboxProfile.Home, SmallTmpfs);
    }

    private void AddFolders()
    {
        var mounts = profile
            .ReadOnly.Select(path => (Option: "--ro-bind", Path: path, Inside: path))
            .Concat(profile.Writable.Select(folder => (Option: "--bind", folder.Path, folder.Inside)));
        // What lies in another comes after it.
        foreach (var (option, path, inside) in mounts.OrderBy(mount => mount.Inside, StringComparer.Ordinal))
        {
            AddParents(inside);
            Add(option, path, inside);
        }
    }

    // Left to itself, bubblewrap makes parents as closed to others as what is mounted in them.
    private void AddParents(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 1 } parent)
            return;
        AddParents(parent);
        Add("--dir", parent);
    }

    // Their number is counted in the user namespace, which only those inside it share.
    private void AddLimits()
    {
        Add("/usr/bin/prlimit", $"--nproc={profile.Limits.Processes}");
        if (profile.AddressSpaceMiB is { } space)
            Add($"--as={(long)space << 20}");
        Add("--");
    }

    private void AddTmpfs(string path, long bytes) => Add("--size", $"{bytes}", "--perms", "1777", "--tmpfs", path);

    private void Add(params IEnumerable<string> arguments) => _command.AddRange(arguments);

    private string PrivateFile(string name) => Path.Combine(privateFolder, name);
}
