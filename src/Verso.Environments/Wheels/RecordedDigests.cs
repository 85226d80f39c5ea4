using System.Buffers.Text;
using System.Security.Cryptography;

namespace Verso.Environments.Wheels;

/// <summary>Hashes a file, and tells whether it is what RECORD says, or the zip itself where RECORD says nothing.</summary>
/// <param name="recorded">Each <c>algorithm=digest</c>. Weak and unknown algorithms say nothing.</param>
/// <param name="checksum">The zip's CRC-32, which .NET does not look at: it reads as much as a header promises.</param>
internal sealed class RecordedDigests(IEnumerable<string> recorded, uint checksum) : IDisposable
{
    private static readonly uint[] Table =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(value =>
                Enumerable.Range(0, 8).Aggregate((uint)value, (crc, _) => (crc >> 1) ^ ((crc & 1) * 0xEDB88320))
            ),
    ];

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _sha384 = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
    private readonly IncrementalHash _sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
    private readonly IReadOnlyList<string> _recorded = [.. recorded];
    private uint _crc = uint.MaxValue;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        if (IsRecorded("sha384"))
            _sha384.AppendData(bytes);
        if (IsRecorded("sha512"))
            _sha512.AppendData(bytes);
        if (IsUnrecorded)
            foreach (var value in bytes)
                _crc = Table[(byte)(_crc ^ value)] ^ (_crc >> 8);
    }

    public string Sha256 => Convert.ToHexStringLower(_sha256.GetCurrentHash());

    public bool Match() =>
        IsUnrecorded
            ? ~_crc == checksum
            : Match("sha256", _sha256) && Match("sha384", _sha384) && Match("sha512", _sha512);

    public void Dispose()
    {
        _sha256.Dispose();
        _sha384.Dispose();
        _sha512.Dispose();
    }

    private bool Match(string algorithm, IncrementalHash hash) =>
        !IsRecorded(algorithm)
        || Base64Url.EncodeToString(hash.GetCurrentHash()) is var digest
            && _recorded
                .Where(entry => entry.StartsWith(algorithm + "="))
                .All(entry => entry[(algorithm.Length + 1)..].TrimEnd('=') == digest);

    private bool IsUnrecorded => !IsRecorded("sha256") && !IsRecorded("sha384") && !IsRecorded("sha512");

    private bool IsRecorded(string algorithm) => _recorded.Any(entry => entry.StartsWith(algorithm + "="));
}
