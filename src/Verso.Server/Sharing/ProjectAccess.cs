using Microsoft.AspNetCore.Http;
using Verso.Server.Projects;
using Verso.Server.Sharing.Members;

namespace Verso.Server.Sharing;

/// <summary>What a caller may do in a project, and why.</summary>
/// <param name="Role">Null for nothing at all.</param>
/// <param name="Granted">The role that the owner gave, without what a link added.</param>
/// <param name="Source">Null without a membership.</param>
/// <param name="MayInstall">The gate's answer: <c>UserCanInstallPython</c>.</param>
public sealed record ProjectAccess(
    Project Project,
    Role? Role,
    Role? Granted,
    MembershipSource? Source,
    bool MayInstall
)
{
    /// <summary>What the guard has found out for this request.</summary>
    public static ValueTask<ProjectAccess?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<ProjectAccess>());

    public bool MayRead => Role is not null;

    public bool MayEdit => Role >= Sharing.Role.Editor;

    public bool IsOwner => Source == MembershipSource.Owner;

    /// <summary>The owner, and Editors whom the owner invited.</summary>
    public bool MayPublish => IsOwner || (Source == MembershipSource.Invitation && Granted >= Sharing.Role.Editor);

    /// <summary>What stands in <c>requirements.vrf</c> is installed, so writing it takes the gate as well.</summary>
    public bool MayEditRequirements => MayEdit && MayInstall;
}
