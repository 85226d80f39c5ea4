using System.IO.Compression;
using System.Text;

namespace Verso.Environments.Gateway;

/// <summary>The METADATA inside a wheel.</summary>
internal static class WheelMetadata
{
    public const int MaxBytes = 8 << 20;
    private const string RequiresPythonField = "Requires-Python:";

    /// <returns>Null when the wheel has none, or is no sound archive.</returns>
    public static byte[]? TryRead(Stream wheel)
    {
        try
        {
            using var archive = new ZipArchive(wheel, ZipArchiveMode.Read, leaveOpen: true);
            var entry = archive.Entries.FirstOrDefault(entry =>
                entry.FullName.Split('/') is [var folder, "METADATA"] && folder.EndsWith(".dist-info")
            );
            if (entry is null || entry.Length > MaxBytes)
                return null;
            using var content = entry.Open();
            var bytes = new byte[entry.Length];
            content.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            return null;
        }
    }

    public static string? RequiresPython(byte[] metadata) =>
        Encoding
            .UTF8.GetString(metadata)
            .Split('\n')
            .TakeWhile(line => line.TrimEnd('\r').Length > 0)
            .FirstOrDefault(line => line.StartsWith(RequiresPythonField, StringComparison.OrdinalIgnoreCase))
            ?[RequiresPythonField.Length..].Trim();
}
