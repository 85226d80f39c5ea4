using System.Text.Json.Serialization;

namespace Verso.Server.Sharing;

/// <summary>What somebody may do in a project; each includes those before it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    [JsonStringEnumMemberName("viewer")]
    Viewer = 1,

    [JsonStringEnumMemberName("reviewer")]
    Reviewer = 2,

    [JsonStringEnumMemberName("editor")]
    Editor = 3,

    [JsonStringEnumMemberName("owner")]
    Owner = 4,
}
