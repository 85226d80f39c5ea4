using System.Runtime.InteropServices;

namespace Verso.Sandboxing.Tests.Seccomp;

/// <summary>The filters of both processors, assembled and run over system calls, wherever the tests run.</summary>
public sealed class SeccompFilterTests
{
    private const uint Allow = 0x7FFF0000;
    private const uint Kill = 0x80000000;
    private const uint EPERM = 0x00050001;
    private const uint ENOSYS = 0x00050026;
    private const uint EAFNOSUPPORT = 0x00050061;

    private const ulong Thread = 0x003D0F00; // what pthread_create asks of clone

    public static readonly TheoryData<Architecture> Processors = [Architecture.X64, Architecture.Arm64];

    // Of linux-libc-dev: asm/unistd_64.h and asm-generic/unistd.h, which arm64 uses.
    private static readonly (string Name, uint X64, uint Arm64)[] Forbidden =
    [
        ("acct", 163, 89),
        ("add_key", 248, 217),
        ("bpf", 321, 280),
        ("chroot", 161, 51),
        ("delete_module", 176, 106),
        ("finit_module", 313, 273),
        ("fsconfig", 431, 431),
        ("fsmount", 432, 432),
        ("fsopen", 430, 430),
        ("fspick", 433, 433),
        ("init_module", 175, 105),
        ("io_uring_enter", 426, 426),
        ("io_uring_register", 427, 427),
        ("io_uring_setup", 425, 425),
        ("kcmp", 312, 272),
        ("kexec_file_load", 320, 294),
        ("kexec_load", 246, 104),
        ("keyctl", 250, 219),
        ("mount", 165, 40),
        ("mount_setattr", 442, 442),
        ("move_mount", 429, 429),
        ("open_by_handle_at", 304, 265),
        ("open_tree", 428, 428),
        ("perf_event_open", 298, 241),
        ("pidfd_getfd", 438, 438),
        ("pivot_root", 155, 41),
        ("process_vm_readv", 310, 270),
        ("process_vm_writev", 311, 271),
        ("ptrace", 101, 117),
        ("quotactl", 179, 60),
        ("quotactl_fd", 443, 443),
        ("reboot", 169, 142),
        ("request_key", 249, 218),
        ("setns", 308, 268),
        ("swapoff", 168, 225),
        ("swapon", 167, 224),
        ("syslog", 103, 116),
        ("umount2", 166, 39),
        ("unshare", 272, 97),
        ("userfaultfd", 323, 282),
    ];

    // What every program needs.
    private static readonly (string Name, uint X64, uint Arm64)[] Ordinary =
    [
        ("execve", 59, 221),
        ("futex", 202, 98),
        ("mmap", 9, 222),
        ("openat", 257, 56),
        ("prctl", 157, 167),
        ("prlimit64", 302, 261),
        ("read", 0, 63),
        ("socketpair", 53, 199),
        ("write", 1, 64),
    ];

    [Theory]
    [MemberData(nameof(Processors))]
    public void Forbidden_calls_are_refused(Architecture processor)
    {
        foreach (var (name, x64, arm64) in Forbidden)
            Decide(processor, x64, arm64).ShouldBe(EPERM, name);
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void Ordinary_calls_are_allowed(Architecture processor)
    {
        foreach (var (name, x64, arm64) in Ordinary)
            Decide(processor, x64, arm64).ShouldBe(Allow, name);
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void Nothing_else_is_refused(Architecture processor)
    {
        uint[] special =
        [
            .. Forbidden.Select(call => Number(processor, call.X64, call.Arm64)),
            Number(processor, 41, 198), // socket
            435, // clone3
        ];
        for (var number = 0u; number < 600; number++)
            if (!special.Contains(number))
                Decide(processor, number, number).ShouldBe(Allow, $"system call {number}");
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void Namespaces_are_not_cloned_but_threads_are(Architecture processor)
    {
        uint[] flags =
        [
            0x00020000, // CLONE_NEWNS
            0x02000000, // CLONE_NEWCGROUP
            0x04000000, // CLONE_NEWUTS
            0x08000000, // CLONE_NEWIPC
            0x10000000, // CLONE_NEWUSER
            0x20000000, // CLONE_NEWPID
            0x40000000, // CLONE_NEWNET
        ];
        foreach (var flag in flags)
            Decide(processor, 56, 220, Thread | flag).ShouldBe(EPERM, $"{flag:x}");
        Decide(processor, 56, 220, Thread).ShouldBe(Allow);
        Decide(processor, 435, 435).ShouldBe(ENOSYS, "clone3 sends the C library to clone");
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void Sockets_are_of_four_families(Architecture processor)
    {
        ulong[] allowed = [1, 2, 10, 16];
        for (var family = 0ul; family < 50; family++)
            Decide(processor, 41, 198, family)
                .ShouldBe(allowed.Contains(family) ? Allow : EAFNOSUPPORT, $"family {family}");
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void Terminals_are_not_typed_into(Architecture processor)
    {
        Decide(processor, 16, 29, 0, 0x5412).ShouldBe(EPERM, "TIOCSTI");
        Decide(processor, 16, 29, 0, 0x541C).ShouldBe(EPERM, "TIOCLINUX");
        // The kernel looks at the lower half alone.
        Decide(processor, 16, 29, 0, 0xFFFFFFFF_00005412).ShouldBe(EPERM, "TIOCSTI in disguise");
        Decide(processor, 16, 29, 0, 0x5401).ShouldBe(Allow, "TCGETS");
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void Calls_of_another_processor_end_the_program(Architecture processor)
    {
        var filter = SeccompFilter.Build(SystemCalls.Of(processor));
        uint[] others =
        [
            0x40000003 /* i386 */
            ,
            0x40000028, /* arm */
        ];

        foreach (var other in others)
            ClassicBpf.Run(filter, other, 0).ShouldBe(Kill);
        Decide(processor, 0x40000000 + 101, 0x40000000 + 101).ShouldBe(EPERM, "x32's ptrace");
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void The_kernel_would_load_it(Architecture processor) =>
        (SeccompFilter.Build(SystemCalls.Of(processor)).Length / 8).ShouldBeInRange(10, 4096);

    private static uint Decide(Architecture processor, uint x64, uint arm64, params ulong[] arguments) =>
        ClassicBpf.Run(
            SeccompFilter.Build(SystemCalls.Of(processor)),
            processor == Architecture.X64 ? 0xC000003E : 0xC00000B7,
            Number(processor, x64, arm64),
            arguments
        );

    private static uint Number(Architecture processor, uint x64, uint arm64) =>
        processor == Architecture.X64 ? x64 : arm64;
}
