using System.Buffers.Binary;

namespace Verso.Environments.Wheels;

/// <summary>
/// How long a zip's directory may be at most, from where its end record says that it begins: it is read into memory whole,
/// and nothing that it says of itself holds that reading back.
/// </summary>
internal static class ZipBounds
{
    private const int EndRecord = 22;
    private const int Zip64Locator = 20;
    private const int LongestComment = ushort.MaxValue;

    /// <returns>Null when this is no zip.</returns>
    public static long? DirectoryBytes(FileStream zip)
    {
        var tail = new byte[Math.Min(zip.Length, EndRecord + LongestComment + Zip64Locator)];
        RandomAccess.Read(zip.SafeFileHandle, tail, zip.Length - tail.Length);
        var end =
            tail.Length < EndRecord ? -1 : tail.AsSpan(0, tail.Length - EndRecord + 4).LastIndexOf("PK\x05\x06"u8);
        if (end < 0)
            return null;
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (end >= Zip64Locator && tail.AsSpan(end - Zip64Locator).StartsWith("PK\x06\x07"u8))
        {
            var record = new byte[56];
            var at = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - Zip64Locator + 8));
            if (at < 0 || RandomAccess.Read(zip.SafeFileHandle, record, at) < record.Length)
                return null;
            offset = Math.Min(offset, BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)));
        }
        return offset < 0 || offset > zip.Length ? null : zip.Length - offset;
    }
}
