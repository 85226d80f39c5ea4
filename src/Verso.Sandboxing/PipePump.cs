using System.Text;

namespace Verso.Sandboxing;

/// <summary>Reads one pipe of a child to its end, line by line, never holding more than the limit.</summary>
internal sealed class PipePump(Stream pipe, Action<string>? onLine, long limit, Action limitExceeded)
{
    private const int LongestLine = 128 << 20; // characters: more than any figure

    private readonly StringBuilder _captured = new();
    private volatile bool _handling;
    private int _moves;

    public Stream Pipe => pipe;

    public string Captured
    {
        get
        {
            lock (_captured)
                return _captured.ToString();
        }
    }

    /// <summary>Whether anything came, or is still being handled, since this was last asked.</summary>
    public bool HasMovedOn() => Interlocked.Exchange(ref _moves, 0) > 0 || _handling;

    /// <exception cref="Exception">Whatever the receiver of lines throws.</exception>
    public async Task RunAsync()
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[32 * 1024];
        var chars = new char[bytes.Length + 1];
        var line = new StringBuilder();
        long total = 0;
        while (await ReadAsync(bytes) is > 0 and var read)
        {
            total += read;
            if (total > limit || line.Length > LongestLine)
            {
                limitExceeded();
                return;
            }
            _handling = true;
            Accept(chars.AsSpan(0, decoder.GetChars(bytes, 0, read, chars, 0)), line);
            _handling = false;
            Interlocked.Increment(ref _moves);
        }
        if (line.Length > 0)
            onLine?.Invoke(line.ToString());
    }

    private async Task<int> ReadAsync(byte[] bytes)
    {
        try
        {
            return await pipe.ReadAsync(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0; // The pipe was closed under us because a grandchild kept it open past the drain limit.
        }
    }

    private void Accept(ReadOnlySpan<char> text, StringBuilder line)
    {
        if (onLine is null)
        {
            lock (_captured)
                _captured.Append(text);
            return;
        }
        for (int end; (end = text.IndexOf('\n')) >= 0; text = text[(end + 1)..])
        {
            line.Append(text[..end]);
            onLine(line.ToString());
            line.Clear();
        }
        line.Append(text);
    }
}
