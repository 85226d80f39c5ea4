using System.Runtime.InteropServices;

namespace Verso.Sandboxing;

/// <summary>The numbers of the system calls that the filter looks at, which differ between processors.</summary>
internal sealed record SystemCalls(
    uint AuditArchitecture,
    uint OldClone,
    uint Clone3,
    uint Socket,
    uint Ioctl,
    IReadOnlyList<uint> Refused
)
{
    // name, x86-64, arm64
    private static readonly (string Name, uint X64, uint Arm64)[] RefusedCalls =
    [
        ("ptrace", 101, 117),
        ("process_vm_readv", 310, 270),
        ("process_vm_writev", 311, 271),
        ("kcmp", 312, 272),
        ("pidfd_getfd", 438, 438),
        ("add_key", 248, 217),
        ("request_key", 249, 218),
        ("keyctl", 250, 219),
        ("bpf", 321, 280),
        ("perf_event_open", 298, 241),
        ("userfaultfd", 323, 282),
        ("io_uring_setup", 425, 425),
        ("io_uring_enter", 426, 426),
        ("io_uring_register", 427, 427),
        ("mount", 165, 40),
        ("umount2", 166, 39),
        ("pivot_root", 155, 41),
        ("chroot", 161, 51),
        ("open_tree", 428, 428),
        ("move_mount", 429, 429),
        ("fsopen", 430, 430),
        ("fsconfig", 431, 431),
        ("fsmount", 432, 432),
        ("fspick", 433, 433),
        ("mount_setattr", 442, 442),
        ("unshare", 272, 97),
        ("setns", 308, 268),
        ("open_by_handle_at", 304, 265),
        ("kexec_load", 246, 104),
        ("kexec_file_load", 320, 294),
        ("init_module", 175, 105),
        ("finit_module", 313, 273),
        ("delete_module", 176, 106),
        ("reboot", 169, 142),
        ("swapon", 167, 224),
        ("swapoff", 168, 225),
        ("syslog", 103, 116),
        ("acct", 163, 89),
        ("quotactl", 179, 60),
        ("quotactl_fd", 443, 443),
    ];

    public static SystemCalls Of(Architecture architecture) =>
        architecture switch
        {
            Architecture.X64 => new(0xC000003E, 56, 435, 41, 16, [.. RefusedCalls.Select(call => call.X64)]),
            Architecture.Arm64 => new(0xC00000B7, 220, 435, 198, 29, [.. RefusedCalls.Select(call => call.Arm64)]),
            _ => throw new SandboxUnavailableException(
                $"There is no system-call filter for {architecture} processors."
            ),
        };
}
