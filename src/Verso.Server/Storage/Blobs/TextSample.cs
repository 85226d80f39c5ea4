using System.Text;

namespace Verso.Server.Storage.Blobs;

/// <summary>Whether bytes that pass by are UTF-8 text without control characters.</summary>
internal sealed class TextSample
{
    private static readonly byte[] Control =
    [
        .. Enumerable.Range(0, 32).Select(code => (byte)code).Except("\t\n\r\f"u8.ToArray()),
    ];

    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    private bool _isText = true;

    public bool IsText
    {
        get
        {
            if (_isText)
                Decode([], flush: true);
            return _isText;
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (!_isText)
            return;
        if (bytes.IndexOfAny(Control) >= 0)
            _isText = false;
        else
            Decode(bytes, flush: false);
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        try
        {
            _decoder.GetChars(bytes, new char[bytes.Length + 4], flush);
        }
        catch (DecoderFallbackException)
        {
            _isText = false;
        }
    }
}
