namespace Verso.Sandboxing;

/// <summary>The command line that runs a program in a sandbox.</summary>
internal static class BubblewrapCommand
{
    // Joins the control groups without a race, and opens the filter, for .NET passes no descriptors to children.
    private const string Enter = """
        filter=$1 groups=$2; shift 2
        while [ "$groups" -gt 0 ]; do echo $$ >"$1/cgroup.procs" || exit 125; shift; groups=$((groups - 1)); done
        exec 9<"$filter" || exit 125
        exec "$@"
        """;

    private static readonly string[] SystemFolders = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    // What Debian's Python stack, pandoc and fontconfig read at run time.
    private static readonly string[] SystemFiles =
    [
        .. (string[])["/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/matplotlibrc"],
        .. (string[])["/etc/localtime", "/etc/mime.types"],
    ];

    /// <param name="privateFolder">Holds the filter and the accounts; see <see cref="Prepare"/>.</param>
    /// <param name="userId">The slot's, when root.</param>
    public static string[] Compose(
        ProcessSpec spec,
        SandboxProfile profile,
        SandboxRung rung,
        string privateFolder,
        ControlGroup? group,
        int? userId
    ) =>
        [
            .. (string[])["-c", Enter, "sh", Path.Combine(privateFolder, "filter"), $"{group?.Folders.Count ?? 0}"],
            .. group?.Folders ?? [],
            .. (string[])
                [ProgramPath.Find("bwrap"), "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"],
            .. (string[])["--unshare-cgroup-try", "--as-pid-1", "--die-with-parent", "--new-session"],
            .. (string[])["--hostname", "sandbox", "--seccomp", "9", "--cap-drop", "ALL"],
            // Root drops to the slot's user inside: only root can reach every place that is shown there.
            .. userId is null
                ? (string[])["--unshare-user", "--disable-userns", "--uid", "20001", "--gid", "20001"]
                : ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"],
            .. SystemMounts(privateFolder),
            .. rung == SandboxRung.Full ? (string[])["--proc", "/proc"] : [],
            .. (string[])
                [
                    "--dev",
                    "/dev",
                    "--size",
                    "67108864",
                    "--perms",
                    "1777",
                    "--tmpfs",
                    "/dev/shm",
                    "--remount-ro",
                    "/dev",
                ],
            .. (string[])["--size", $"{(long)profile.Limits.TemporaryMiB << 20}", "--perms", "1777", "--tmpfs", "/tmp"],
            .. (string[])["--size", "67108864", "--perms", "1777", "--tmpfs", SandboxProfile.Home],
            .. profile.ReadOnly.SelectMany(path => (string[])[.. Parents(path), "--ro-bind", path, path]),
            .. profile.Writable.SelectMany(folder =>
                (string[])[.. Parents(folder.Inside), "--bind", folder.Path, folder.Inside]
            ),
            .. (string[])["--chdir", "/", "--remount-ro", "/", "--"],
            .. userId is { } id ? Drop(id) : [],
            .. ResourceLimits(profile, group),
            // Entered only now: before it dropped to the slot's user it might not have been let in.
            .. (string[])[ProgramPath.Find("env"), $"--chdir={spec.WorkingDirectory}", ProgramPath.Find(spec.FileName)],
            .. spec.Arguments,
        ];

    /// <summary>Writes the files that the command reads.</summary>
    public static void Prepare(string privateFolder, int? userId)
    {
        var id = userId ?? 20001;
        File.WriteAllBytes(Path.Combine(privateFolder, "filter"), SeccompFilter.Build());
        File.WriteAllText(Path.Combine(privateFolder, "passwd"), $"verso:x:{id}:{id}::{SandboxProfile.Home}:/bin/sh\n");
        File.WriteAllText(Path.Combine(privateFolder, "group"), $"verso:x:{id}:\n");
    }

    private static IEnumerable<string> SystemMounts(string privateFolder)
    {
        IEnumerable<string> mounts = ["--ro-bind", "/usr", "/usr", "--dir", "/etc"];
        foreach (var name in SystemFolders)
            if (new DirectoryInfo("/" + name) is { Exists: true } folder)
                mounts = mounts.Concat(
                    folder.LinkTarget is { } target
                        ? ["--symlink", target, "/" + name]
                        : ["--ro-bind", "/" + name, "/" + name]
                );
        foreach (var path in SystemFiles.Concat(Directory.EnumerateDirectories("/etc", "python3*")))
            mounts = mounts.Concat(["--ro-bind-try", path, path]);
        foreach (var name in (string[])["passwd", "group"])
            mounts = mounts.Concat(["--ro-bind", Path.Combine(privateFolder, name), "/etc/" + name]);
        return mounts;
    }

    // Left to itself, bubblewrap makes them as closed to others as what is mounted in them.
    private static IEnumerable<string> Parents(string path)
    {
        IEnumerable<string> made = [];
        for (
            var parent = Path.GetDirectoryName(path);
            parent is { Length: > 1 };
            parent = Path.GetDirectoryName(parent)
        )
            made = made.Prepend(parent).Prepend("--dir");
        return made;
    }

    // Changing the user clears the parent-death signal, so it is asked for again.
    private static string[] Drop(int id) =>
        [
            .. (string[])
                [ProgramPath.Find("setpriv"), $"--reuid={id}", $"--regid={id}", "--clear-groups", "--no-new-privs"],
            .. (string[])["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--pdeathsig=KILL", "--"],
        ];

    private static string[] ResourceLimits(SandboxProfile profile, ControlGroup? group) =>
        [
            .. (string[])[ProgramPath.Find("prlimit"), "--core=0"],
            $"--fsize={(long)profile.Limits.DiskMiB << 20}",
            .. group is null ? (string[])[$"--nproc={profile.Limits.Processes}"] : [],
            .. group is null && profile.AddressSpaceMiB is { } space ? (string[])[$"--as={(long)space << 20}"] : [],
            "--",
        ];
}
