using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Verso.Environments.Wheels;

namespace Verso.Environments.Gateway;

/// <summary>
/// What a wheel says about itself, as a wheel: enough for pip to resolve with, so that nothing large is fetched or enters
/// a sandbox before it is known to be needed.
/// </summary>
internal static class StubWheel
{
    public static byte[] Make(WheelFileName wheel, byte[] metadata)
    {
        var folder = $"{string.Join('-', wheel.Text.Split('-')[..2])}.dist-info";
        var tags = wheel.Tags.Select(tag => $"Tag: {tag}\n");
        var about = Encoding.UTF8.GetBytes($"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n{string.Concat(tags)}");
        var record = $"{Row($"{folder}/METADATA", metadata)}{Row($"{folder}/WHEEL", about)}{folder}/RECORD,,\n";
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, $"{folder}/METADATA", metadata);
            Add(archive, $"{folder}/WHEEL", about);
            Add(archive, $"{folder}/RECORD", Encoding.UTF8.GetBytes(record));
        }
        return stream.ToArray();
    }

    private static string Row(string path, byte[] content) =>
        $"{path},sha256={Base64Url.EncodeToString(SHA256.HashData(content))},{content.Length}\n";

    private static void Add(ZipArchive archive, string path, byte[] content)
    {
        using var entry = archive.CreateEntry(path, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
