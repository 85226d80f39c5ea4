using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Verso.Environments;

/// <summary>JSON whose bytes depend on the data alone: properties sorted ordinally, no white space.</summary>
public static class CanonicalJson
{
    /// <summary>SHA-256 of the canonical form, in lower-case hexadecimal.</summary>
    public static string Hash(object value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(Sort(JsonSerializer.SerializeToNode(value, StoreJson.Options)));
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static JsonNode? Sort(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sort)]),
            _ => node?.DeepClone(),
        };
}
