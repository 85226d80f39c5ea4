using System.Text.Json.Serialization;

namespace Verso.Server.Accounts;

/// <summary>What a token may be used for, of what its person may do.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<TokenScopes>))]
public enum TokenScopes
{
    None = 0,

    /// <summary>Read projects.</summary>
    [JsonStringEnumMemberName("read")]
    Read = 1,

    /// <summary>Change, share, compile and publish projects.</summary>
    [JsonStringEnumMemberName("write")]
    Write = 2,

    /// <summary>Have packages installed, and change what is installed.</summary>
    [JsonStringEnumMemberName("install")]
    Install = 4,

    /// <summary>What administrators do.</summary>
    [JsonStringEnumMemberName("administer")]
    Administer = 8,
    All = Read | Write | Install | Administer,
}
