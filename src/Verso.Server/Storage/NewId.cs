using System.Security.Cryptography;

namespace Verso.Server.Storage;

/// <summary>Ids of people, projects and the rest: 24 random hexadecimal digits, which is what the compile service takes.</summary>
internal static class NewId
{
    public static string Create() => RandomNumberGenerator.GetHexString(24, lowercase: true);
}
