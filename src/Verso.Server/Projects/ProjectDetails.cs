using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;

namespace Verso.Server.Projects;

/// <summary>A project as its caller sees it, and what the caller may do with it.</summary>
/// <param name="MayInstall">Whether the caller's compiles may install what <c>requirements.vrf</c> names.</param>
internal sealed record ProjectDetails(
    string Id,
    string Name,
    int Version,
    string? RootPath,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    bool IsArchived,
    Role Role,
    MembershipSource? Source,
    bool MayEdit,
    bool MayEditRequirements,
    bool MayInstall,
    bool MayPublish
)
{
    public static ProjectDetails Of(ProjectAccess access) =>
        new(
            access.Project.Id,
            access.Project.Name,
            access.Project.Version,
            access.Project.RootPath,
            access.Project.CreatedAt,
            access.Project.ChangedAt,
            access.Project.ArchivedAt is not null,
            access.Role!.Value,
            access.Source,
            access.MayEdit,
            access.MayEditRequirements,
            access.MayInstall,
            access.MayPublish
        );
}
