namespace Verso.Sandboxing;

public static class Timers
{
    /// <summary>What a timer of .NET can be set to, in whole days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(49);
}
