using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Verso.Sandboxing;

/// <summary>
/// The system calls that code in a sandbox is refused, as a classic BPF program: other socket families than UNIX, INET,
/// INET6 and NETLINK; new namespaces; mounting; tracing; kernel keyrings, BPF, io_uring and the like.
/// </summary>
internal static class SeccompFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfGreaterOrEqual = 0x35;
    private const ushort JumpIfAnySet = 0x45;
    private const ushort Return = 0x06;

    private const uint Allow = 0x7FFF0000;
    private const uint Kill = 0x80000000;
    private const uint EPERM = 0x00050001;
    private const uint ENOSYS = 0x00050026;
    private const uint EAFNOSUPPORT = 0x00050061;

    // Offsets in struct seccomp_data.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;

    private const uint NewNamespaceFlags = 0x7E020000;
    private const uint TIOCSTI = 0x5412;
    private const uint TIOCLINUX = 0x541C;
    private const uint FirstX32Call = 0x40000000;

    private static readonly uint[] SocketFamilies =
    [
        1 /* UNIX */
        ,
        2 /* INET */
        ,
        10 /* INET6 */
        ,
        16, /* NETLINK */
    ];

    private static readonly Lazy<byte[]> Own = new(() => Build(SystemCalls.Of(RuntimeInformation.ProcessArchitecture)));

    /// <summary>The program for the processor that this runs on.</summary>
    public static byte[] Build() => Own.Value;

    public static byte[] Build(SystemCalls calls)
    {
        var program = new List<(ushort Code, byte IfTrue, byte IfFalse, uint Value)>
        {
            (LoadWord, 0, 0, Architecture),
            (JumpIfEqual, 1, 0, calls.AuditArchitecture),
            (Return, 0, 0, Kill),
            (LoadWord, 0, 0, Number),
            (JumpIfGreaterOrEqual, 0, 1, FirstX32Call),
            (Return, 0, 0, EPERM),
        };
        void When(uint number, params (ushort, byte, byte, uint)[] then)
        {
            program.Add((JumpIfEqual, 0, (byte)then.Length, number));
            program.AddRange(then);
        }
        foreach (var refused in calls.Refused)
            When(refused, (Return, 0, 0, EPERM));
        // Its flags are behind a pointer; without it the C library falls back to clone.
        When(calls.Clone3, (Return, 0, 0, ENOSYS));
        When(
            calls.OldClone,
            (LoadWord, 0, 0, FirstArgument),
            (JumpIfAnySet, 0, 1, NewNamespaceFlags),
            (Return, 0, 0, EPERM),
            (Return, 0, 0, Allow)
        );
        When(
            calls.Ioctl,
            (LoadWord, 0, 0, SecondArgument),
            (JumpIfEqual, 1, 0, TIOCSTI),
            (JumpIfEqual, 0, 1, TIOCLINUX),
            (Return, 0, 0, EPERM),
            (Return, 0, 0, Allow)
        );
        When(
            calls.Socket,
            [
                (LoadWord, 0, 0, FirstArgument),
                .. SocketFamilies.Select(
                    (family, i) => (JumpIfEqual, (byte)(SocketFamilies.Length - i), (byte)0, family)
                ),
                (Return, 0, 0, EAFNOSUPPORT),
                (Return, 0, 0, Allow),
            ]
        );
        program.Add((Return, 0, 0, Allow));
        return Assemble(program);
    }

    private static byte[] Assemble(List<(ushort Code, byte IfTrue, byte IfFalse, uint Value)> program)
    {
        var bytes = new byte[program.Count * 8];
        foreach (var (i, (code, ifTrue, ifFalse, value)) in program.Index())
        {
            var instruction = bytes.AsSpan(i * 8);
            BinaryPrimitives.WriteUInt16LittleEndian(instruction, code);
            instruction[2] = ifTrue;
            instruction[3] = ifFalse;
            BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], value);
        }
        return bytes;
    }
}
