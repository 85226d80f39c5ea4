using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Verso.Server.Projects.Files;

/// <summary>What <c>If-Match</c> and <c>If-None-Match</c> ask for.</summary>
/// <param name="ETag">The content that must be there; empty: nothing must be there; null: whatever is there.</param>
/// <param name="IsMissing">Neither header was sent.</param>
internal sealed record Precondition(string? ETag, bool IsMissing)
{
    /// <returns>Null when it cannot be understood.</returns>
    public static Precondition? Read(HttpRequest request)
    {
        string? given = request.Headers.IfMatch;
        if (given is "*")
            return new Precondition(null, IsMissing: false);
        if (given is not null)
            return EntityTagHeaderValue.TryParse(given, out var tag) && !tag.IsWeak
                ? new Precondition(tag.Tag.Value!.Trim('"'), IsMissing: false)
                : null;
        return request.Headers.IfNoneMatch.ToString() == "*"
            ? new Precondition("", IsMissing: false)
            : new Precondition(null, IsMissing: true);
    }
}
