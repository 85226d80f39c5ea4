using System.Buffers.Text;
using System.Security.Cryptography;

namespace Verso.Environments.Wheels;

/// <summary>Hashes a file, and tells whether it is what RECORD says.</summary>
/// <param name="recorded">Each <c>algorithm=digest</c>. Weak and unknown algorithms say nothing.</param>
internal sealed class RecordedDigests(IEnumerable<string> recorded) : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _sha384 = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
    private readonly IncrementalHash _sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
    private readonly IReadOnlyList<string> _recorded = [.. recorded];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        if (IsRecorded("sha384"))
            _sha384.AppendData(bytes);
        if (IsRecorded("sha512"))
            _sha512.AppendData(bytes);
    }

    public string Sha256 => Convert.ToHexStringLower(_sha256.GetCurrentHash());

    public bool Match() => Match("sha256", _sha256) && Match("sha384", _sha384) && Match("sha512", _sha512);

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

    private bool IsRecorded(string algorithm) => _recorded.Any(entry => entry.StartsWith(algorithm + "="));
}
