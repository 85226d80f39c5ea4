namespace Verso.Environments.Gateway;

internal static class ByteSize
{
    public static string Describe(long bytes) =>
        bytes >= 1 << 30 ? $"{bytes / (double)(1 << 30):0.##} GiB"
        : bytes >= 1 << 20 ? $"{bytes / (double)(1 << 20):0.##} MiB"
        : $"{bytes} bytes";
}
