using System.Text;

namespace Verso.Rendering.Execution;

/// <summary>What a program printed, line by line: of too much only the beginning and the end.</summary>
/// <param name="mostOfEach">Characters of either.</param>
internal sealed class PrintedText(int mostOfEach = 2 << 20)
{
    private readonly StringBuilder _beginning = new();
    private readonly Queue<string> _end = new();
    private int _endLength;
    private long _left; // out, in characters

    public void AppendLine(string line)
    {
        // Of one line that is too long by itself the beginning says what it is.
        if (line.Length >= mostOfEach)
        {
            _left += line.Length - mostOfEach + 1;
            line = line[..(mostOfEach - 1)];
        }
        if (_end.Count == 0 && _beginning.Length + line.Length < mostOfEach)
        {
            _beginning.Append(line).Append('\n');
            return;
        }
        _end.Enqueue(line);
        _endLength += line.Length + 1;
        while (_endLength > mostOfEach)
        {
            var length = _end.Dequeue().Length + 1;
            _endLength -= length;
            _left += length;
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder(_beginning.Length + _endLength + 200).Append(_beginning);
        if (_left > 0)
            text.Append($"\n… {_left:N0} characters that were printed here are left out …\n\n");
        foreach (var line in _end)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
