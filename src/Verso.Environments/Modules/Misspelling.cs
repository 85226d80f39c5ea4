namespace Verso.Environments.Modules;

public static class Misspelling
{
    /// <summary>Whether two different names become one by a letter more, less or otherwise, or by two that change places.</summary>
    public static bool Is(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1 || one == other)
            return false;
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        var same = 0;
        while (same < shorter.Length && shorter[same] == longer[same])
            same++;
        if (shorter.Length < longer.Length)
            return shorter[same..] == longer[(same + 1)..];
        return shorter[(same + 1)..] == longer[(same + 1)..]
            || same + 1 < shorter.Length
                && (shorter[same], shorter[same + 1]) == (longer[same + 1], longer[same])
                && shorter[(same + 2)..] == longer[(same + 2)..];
    }
}
