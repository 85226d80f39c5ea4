using System.Text.Json.Serialization;

namespace Verso.Server.Sharing.Members;

/// <summary>Where a membership came from, which is what the gate asks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MembershipSource>))]
public enum MembershipSource
{
    [JsonStringEnumMemberName("owner")]
    Owner = 1,

    [JsonStringEnumMemberName("invitation")]
    Invitation = 2,

    [JsonStringEnumMemberName("link")]
    Link = 3,
}
