using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Projects.Changes;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Projects;

/// <summary>Makes projects: with their owner and their first files, or not at all.</summary>
internal sealed class NewProjects(
    WorkspaceContext context,
    ProjectChanges changes,
    WriteTurn turn,
    ProjectsOptions options,
    TimeProvider time
)
{
    /// <returns>The project's id and what came of its first change; the id means nothing unless that was committed.</returns>
    public async Task<(string Id, ChangeOutcome Outcome)> CreateAsync(
        Caller owner,
        string name,
        string? rootPath,
        ChangeSet first,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var project = new Project
        {
            Id = NewId.Create(),
            Name = name,
            RootPath = rootPath,
            CreatedAt = now,
            ChangedAt = now,
        };
        using var mine = await turn.EnterAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var owned = context.Memberships.Where(m =>
            m.AccountId == owner.AccountId && m.Source == MembershipSource.Owner
        );
        if (await owned.CountAsync(cancellationToken) >= options.MaxPerOwner)
            return (project.Id, new ChangeOutcome.Refused(TooMany()));
        context.Add(project);
        context.Add(
            new Membership
            {
                ProjectId = project.Id,
                AccountId = owner.AccountId!,
                Source = MembershipSource.Owner,
                Role = Role.Owner,
                JoinedAt = now,
            }
        );
        await context.SaveChangesAsync(cancellationToken);
        // What the owner may not install, the new project goes without.
        first = first with
        {
            MayKeepRequirements = true,
        };
        var outcome = await changes.ApplyAsync(owner, project.Id, first, cancellationToken);
        if (outcome is ChangeOutcome.Committed)
            await transaction.CommitAsync(cancellationToken);
        return (project.Id, outcome);
    }

    private string TooMany() =>
        $"You own {options.MaxPerOwner} projects, which is as many as one person may; deleted ones count for {options.DeletedFor.TotalDays:0} days.";

    /// <returns>The name as it is kept, or null when it cannot be one.</returns>
    public static string? Name(string? text) =>
        text?.Trim() is { Length: > 0 and <= 150 } name && !name.Any(char.IsControl) ? name : null;

    public const string NameFault = "A project's name has 1 to 150 characters.";
}
