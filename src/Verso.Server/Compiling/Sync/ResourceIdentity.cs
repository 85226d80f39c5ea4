using System.Security.Cryptography;
using System.Text;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Sync;

/// <summary>What tells the content of a resource from another, without having it.</summary>
internal static class ResourceIdentity
{
    /// <returns>Null for a URL whose content may be another each time.</returns>
    public static string? Of(Resource resource) =>
        resource.Hash is { } hash ? $"sha256:{hash}"
        : resource.Content is { } content ? $"sha256:{Hash(content)}"
        : resource.Modified is { } modified ? $"url:{Hash($"{resource.Url}\n{modified}")}"
        : null;

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
