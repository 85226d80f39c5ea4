using System.Text.RegularExpressions;

namespace Verso.Environments.Requirements;

/// <summary>A place in a line, moved on by what is recognised there.</summary>
internal sealed class Cursor(string text)
{
    private int _position;

    public bool AtEnd => _position >= text.Length;

    public string Rest => text[_position..];

    /// <summary>What the pattern (anchored with <c>\G</c>) matches here, or null.</summary>
    public string? Read(Regex pattern)
    {
        var match = pattern.Match(text, _position);
        if (!match.Success)
            return null;
        _position += match.Length;
        return match.Value;
    }

    public bool TryRead(char expected)
    {
        if (AtEnd || text[_position] != expected)
            return false;
        _position++;
        return true;
    }

    public void SkipSpace()
    {
        while (!AtEnd && text[_position] is ' ' or '\t')
            _position++;
    }
}
