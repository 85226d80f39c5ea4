using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Verso.Environments.Resolving;
using Verso.Server.Storage;

namespace Verso.Server.Python;

/// <summary>A project's own resolution, as it is stored with it.</summary>
internal sealed class ProjectResolution(WorkspaceContext context, WriteTurn turn)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What another version wrote, lacking something, is as good as absent.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="Json">As it is stored, by which it is told from the next.</param>
    internal sealed record Stored(Resolution? Resolution, string Json);

    public async Task<Stored?> ReadAsync(string projectId, CancellationToken cancellationToken)
    {
        var json = await context
            .Resolutions.Where(r => r.ProjectId == projectId)
            .Select(r => r.Json)
            .FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : new Stored(Parse(json), json);
    }

    /// <param name="unless">What was there before: another that came meanwhile is newer than this, and stays.</param>
    public async Task KeepAsync(
        string projectId,
        Resolution resolution,
        Stored? unless,
        CancellationToken cancellationToken
    )
    {
        var json = JsonSerializer.Serialize(resolution, Json);
        if (json == unless?.Json)
            return;
        var resolvedAt = resolution.ResolvedAt;
        using var mine = await turn.EnterAsync(cancellationToken);
        if (unless is not null)
        {
            await context
                .Resolutions.Where(r => r.ProjectId == projectId && r.Json == unless.Json)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(r => r.Json, json).SetProperty(r => r.ResolvedAt, resolvedAt),
                    cancellationToken
                );
            return;
        }
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Resolutions" ("ProjectId", "Json", "ResolvedAt")
            VALUES ({projectId}, {json}, {resolvedAt.ToUnixTimeMilliseconds()})
            ON CONFLICT ("ProjectId") DO NOTHING
            """,
            cancellationToken
        );
    }

    private static Resolution? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Resolution>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
