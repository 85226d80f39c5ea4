using System.Text.RegularExpressions;

namespace Verso.Environments.Requirements;

/// <summary>Parses <c>name[extras] specifiers ; marker</c> (PEP 508 without URLs) and refuses everything else.</summary>
internal static partial class RequirementLine
{
    private static readonly string[] ArchiveSuffixes =
    [
        ".whl",
        ".zip",
        ".tar",
        ".tar.gz",
        ".tgz",
        ".tar.bz2",
        ".tar.xz",
    ];

    /// <summary>Cut, as pip does, at the first '#' that begins the line or has white space before it.</summary>
    public static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('#'); at >= 0; at = line.IndexOf('#', at + 1))
            if (at == 0 || IsWhite(line[at - 1]))
                return TrimEnd(line[..at]).TrimStart(' ', '\t', '\r');
        return line.Trim(' ', '\t', '\r');
    }

    /// <summary>Why a line is refused whatever the grammar says of it, or null.</summary>
    public static string? Refusal(string line)
    {
        if (line.Select(c => (char?)c).FirstOrDefault(c => c is (< ' ' or > '~') and not '\t') is { } odd)
            return $"the character U+{(int)odd:X4} cannot stand in a requirement; use plain ASCII.";
        if (line.StartsWith('-') || line.Contains(" --"))
            return "pip's options are not allowed; write one package a line, such as: pandas>=2.0";
        if (Command().IsMatch(line))
            return "no commands here; write the package alone, such as: pandas>=2.0";
        if (line[0] is '"' or '\'')
            return "leave out the quotes; write the package alone, such as: pandas>=2.0";
        if (line.Contains('$'))
            return "'$' is not allowed: variables are never expanded here.";
        if (line.Contains('\\'))
            return "'\\' is not allowed; write each requirement on one line.";
        if (line.Contains("://") || UrlAfterName().IsMatch(line))
            return "addresses are not allowed; name a package of the index, such as: pandas>=2.0";
        var name = line.Split([' ', '[', ';', '(', '<', '>', '=', '!', '~'], 2)[0];
        if (name.Contains('/') || name.StartsWith('.') || EndsLikeArchive(name))
            return "paths and archives are not allowed; name a package of the index, such as: pandas>=2.0";
        return null;
    }

    /// <exception cref="FormatException">The message is a sentence for the author.</exception>
    public static Requirement Parse(int number, string line)
    {
        var cursor = new Cursor(line);
        var name =
            cursor.Read(Identifier())
            ?? throw new FormatException(
                $"'{line}' does not start with a package's name; it begins and ends with a letter or digit."
            );
        cursor.SkipSpace();
        var extras = ReadExtras(cursor);
        var specifiers = ReadSpecifiers(cursor);
        var marker = cursor.TryRead(';') ? new MarkerParser(cursor).Parse() : "";
        if (!cursor.AtEnd)
            throw new FormatException(RequirementHint.For(cursor.Rest, afterMarker: marker.Length > 0));
        return new Requirement(number, PackageName.Normalize(name), extras, specifiers, marker);
    }

    private static List<string> ReadExtras(Cursor cursor)
    {
        var extras = new SortedSet<string>(StringComparer.Ordinal);
        if (!cursor.TryRead('['))
            return [];
        cursor.SkipSpace();
        if (cursor.Read(Identifier()) is { } first)
        {
            extras.Add(first);
            cursor.SkipSpace();
            while (cursor.TryRead(','))
            {
                cursor.SkipSpace();
                var extra =
                    cursor.Read(Identifier()) ?? throw new FormatException("an extra's name is missing after ','.");
                extras.Add(extra);
                cursor.SkipSpace();
            }
        }
        if (!cursor.TryRead(']'))
            throw new FormatException(
                cursor.AtEnd
                    ? "the list of extras is not closed with ']'."
                    : $"'{cursor.Rest}' is not understood in a list of extras, such as: pandas[excel,html]"
            );
        cursor.SkipSpace();
        return [.. extras];
    }

    private static List<string> ReadSpecifiers(Cursor cursor)
    {
        var specifiers = new SortedSet<string>(StringComparer.Ordinal);
        var parenthesised = cursor.TryRead('(');
        cursor.SkipSpace();
        while (cursor.Read(Specifier()) is { } specifier)
        {
            specifiers.Add(White().Replace(specifier, "").ToLowerInvariant());
            cursor.SkipSpace();
            if (!cursor.TryRead(','))
                break;
            cursor.SkipSpace();
        }
        if (parenthesised && !cursor.TryRead(')'))
            throw new FormatException(
                cursor.AtEnd
                    ? "the '(' before the versions is not closed with ')'."
                    : $"'{cursor.Rest}' is not understood between parentheses, such as: pandas (>=2.0,<3)"
            );
        cursor.SkipSpace();
        return [.. specifiers];
    }

    // To Python, U+001C to U+001F are white space too.
    private static bool IsWhite(char character) => char.IsWhiteSpace(character) || character is >= '\x1C' and <= '\x1F';

    private static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsWhite(text[end - 1]))
            end--;
        return text[..end];
    }

    private static bool EndsLikeArchive(string name) =>
        ArchiveSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(
        @"^[!%]|^(?:python3? -m )?(?:pip3?|conda|mamba|uv|poetry) +(?:pip +)?(?:install|add)\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Command();

    [GeneratedRegex(@"^[^;]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UrlAfterName();

    [GeneratedRegex(@"\G[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?![A-Za-z0-9_])", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\s", RegexOptions.CultureInvariant)]
    private static partial Regex White();

    // PEP 440: '===' takes any text, '==' and '!=' may end in '.*' or a local version, '~=' needs two numbers.
    [GeneratedRegex(
        """
            \G(?:
                ===[ \t]*[A-Za-z0-9._+!-]+
              | (?:==|!=)[ \t]*v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*
                (?: \.\* | (?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?
                    (?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?
                    (?:[-_.]?dev[-_.]?[0-9]*)?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)? )
              | (?: ~=[ \t]*v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)+ | (?:<=|>=|<|>)[ \t]*v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)* )
                (?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?
                (?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?
                (?:[-_.]?dev[-_.]?[0-9]*)?
            )
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Specifier();
}
