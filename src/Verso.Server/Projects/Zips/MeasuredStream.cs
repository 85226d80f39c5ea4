namespace Verso.Server.Projects.Zips;

/// <summary>
/// A stream of which no more than so much is read at first: a zip's list of files is read whole before its length is
/// known, and each name in it takes many times its size in memory.
/// </summary>
internal sealed class MeasuredStream(Stream inner, long most) : Stream
{
    private long _left = most;

    /// <summary>More was to be read.</summary>
    public bool IsOver => _left < 0;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>From here on, as much is read as anybody likes.</summary>
    public void ReadOn() => _left = long.MaxValue;

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) => Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        _left -= read;
        return IsOver ? throw new InvalidDataException("More was to be read than may be.") : read;
    }
}
