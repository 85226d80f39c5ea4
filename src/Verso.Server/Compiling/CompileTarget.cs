using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Verso.Server.Compiling;

/// <summary>
/// Whose compile it is: a project's, for one person, or for all who are not signed in. Each has a folder of its own, and
/// one compile at a time.
/// </summary>
public sealed partial record CompileTarget
{
    private CompileTarget(string project, string? user) => (Project, User) = (project, user);

    public string Project { get; }

    /// <summary>Null for anybody who is not signed in.</summary>
    public string? User { get; }

    public bool IsAnonymous => User is null;

    /// <summary>No other target has it.</summary>
    public string Name => User is null ? Project : $"{Project}-{User}";

    /// <summary>Where the service has it: <c>/project/…</c>.</summary>
    public string Address => User is null ? $"/project/{Project}" : $"/project/{Project}/user/{User}";

    public static bool TryCreate(string? project, string? user, [NotNullWhen(true)] out CompileTarget? target)
    {
        target =
            project is not null
            && ProjectId().IsMatch(project)
            // Or its name could be another project's with a person's.
            && !EndsInUserId().IsMatch(project)
            && (user is null || UserId().IsMatch(user))
                ? new CompileTarget(project, user)
                : null;
        return target is not null;
    }

    /// <exception cref="ArgumentException">They cannot be ids.</exception>
    public static CompileTarget Of(string project, string? user) =>
        TryCreate(project, user, out var target)
            ? target
            : throw new ArgumentException(
                $"'{project}' and '{user}' are no ids of a project and a person.",
                nameof(project)
            );

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,100}\z")]
    private static partial Regex ProjectId();

    [GeneratedRegex(@"^[0-9a-f]{24}\z")]
    private static partial Regex UserId();

    [GeneratedRegex(@"-[0-9a-f]{24}\z")]
    private static partial Regex EndsInUserId();
}
