using System.Text;

namespace Verso.Sandboxing;

/// <summary>Reads one pipe of a child to its end, line by line, never holding more than the limit.</summary>
internal sealed class PipePump(Stream pipe, Action<string>? onLine, long limit, Action limitExceeded)
{
    private readonly StringBuilder _captured = new();

    public Stream Pipe => pipe;

    public string Captured
    {
        get
        {
            lock (_captured)
                return _captured.ToString();
        }
    }

    public async Task RunAsync()
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[32 * 1024];
        var chars = new char[bytes.Length + 1];
        var line = new StringBuilder();
        long total = 0;
        try
        {
            int read;
            while ((read = await pipe.ReadAsync(bytes)) > 0)
            {
                total += read;
                if (total > limit)
                {
                    limitExceeded();
                    break;
                }
                Accept(chars.AsSpan(0, decoder.GetChars(bytes, 0, read, chars, 0)), line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe was closed under us because a grandchild kept it open past the drain limit.
        }
        if (line.Length > 0)
            onLine?.Invoke(line.ToString());
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
