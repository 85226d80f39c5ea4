using System.Buffers.Binary;

namespace Verso.Sandboxing.Tests.Seccomp;

/// <summary>Runs a filter as the kernel does, over one system call (<c>struct seccomp_data</c>).</summary>
internal static class ClassicBpf
{
    /// <returns>What the filter decides: <c>SECCOMP_RET_…</c> with its data.</returns>
    /// <exception cref="InvalidOperationException">The kernel would not have loaded the program.</exception>
    public static uint Run(ReadOnlySpan<byte> program, uint architecture, uint number, params ulong[] arguments)
    {
        var data = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        for (var i = 0; i < arguments.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16 + 8 * i), arguments[i]);
        var accumulator = 0u;
        for (var at = 0; at * 8 < program.Length; at++)
        {
            var instruction = program.Slice(at * 8, 8);
            var code = BinaryPrimitives.ReadUInt16LittleEndian(instruction);
            var value = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            var (ifTrue, ifFalse) = (instruction[2], instruction[3]);
            switch (code)
            {
                case 0x20: // BPF_LD | BPF_W | BPF_ABS
                    accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)value));
                    break;
                case 0x15: // BPF_JMP | BPF_JEQ | BPF_K
                    at += accumulator == value ? ifTrue : ifFalse;
                    break;
                case 0x35: // BPF_JMP | BPF_JGE | BPF_K
                    at += accumulator >= value ? ifTrue : ifFalse;
                    break;
                case 0x45: // BPF_JMP | BPF_JSET | BPF_K
                    at += (accumulator & value) != 0 ? ifTrue : ifFalse;
                    break;
                case 0x06: // BPF_RET | BPF_K
                    return value;
                default:
                    throw new InvalidOperationException($"Instruction {at} has the code {code:x}.");
            }
        }
        throw new InvalidOperationException("The program ran off its end.");
    }
}
