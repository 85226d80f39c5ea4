using System.Security.Cryptography;
using System.Text;

namespace Verso.Server.Storage;

/// <summary>Secrets that are shown once and kept as their SHA-256: 256 random bits need no slow hash.</summary>
internal static class Secret
{
    public static string Create(string prefix) => prefix + RandomNumberGenerator.GetHexString(64, lowercase: true);

    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Takes the same time wherever they differ.</summary>
    public static bool AreEqual(string known, string? given) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(given));
}
