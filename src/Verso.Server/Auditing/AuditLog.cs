using Verso.Server.Accounts;
using Verso.Server.Storage;

namespace Verso.Server.Auditing;

/// <summary>Adds entries, which are written with whatever else the context saves.</summary>
public sealed class AuditLog(WorkspaceContext context, TimeProvider time)
{
    public void Add(Caller by, string action, string? projectId = null, string detail = "") =>
        context.Add(
            new AuditEntry
            {
                At = time.GetUtcNow(),
                AccountId = by.AccountId,
                ProjectId = projectId,
                Action = action,
                Detail = Shortened.To(AuditEntry.MostOfDetail, detail),
                Address = by.Address,
            }
        );
}
