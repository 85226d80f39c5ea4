using System.Security.Cryptography;

namespace Verso.Server.Compiling.Builds;

/// <summary>The name of a build: when it was begun, in milliseconds, and what nobody can guess.</summary>
internal static class BuildId
{
    public static string New(TimeProvider time) =>
        $"{time.GetUtcNow().ToUnixTimeMilliseconds():x}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
}
