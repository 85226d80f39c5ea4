using Verso.Environments.Gateway.Http;
using Verso.Environments.Gateway.Sources;

namespace Verso.Environments.Gateway;

/// <summary>
/// Which of a project's files a build may see. What is hidden for a reason that a person may want to know of is
/// remarked, once for each project and reason.
/// </summary>
internal sealed class FilePolicy(PackageIndexOptions options, FileHostPolicy hosts, TimeProvider time)
{
    public IReadOnlyList<IndexFile> Choose(
        string project,
        IReadOnlyList<IndexFile> files,
        BuildTicket ticket,
        Action<string> remark
    )
    {
        var now = time.GetUtcNow();
        var judged = files.Where(IsWanted).Select(file => (File: file, Reason: ReasonToHide(file, now))).ToList();
        foreach (var hidden in judged.Where(entry => entry.Reason is not null).GroupBy(entry => entry.Reason))
            remark($"{Count(hidden.Count())} of {project} {hidden.Key}");
        return [.. judged.Where(entry => entry.Reason is null).Select(entry => entry.File)];

        bool IsWanted(IndexFile file) => file.Name.IsWheel && (file.Yanked is null || ticket.IsPinned(file.Name));
    }

    private string? ReasonToHide(IndexFile file, DateTimeOffset now)
    {
        if (file.Sha256 is null)
            return "hidden: the package index names no SHA-256 for them.";
        if (file.Origin is not FileOrigin.Remote(var address))
            return null;
        if (!hosts.AllowsFile(address))
            return $"hidden: they are at {UpstreamFault.Place(address)} over {address.Scheme}, which PackageIndex:FileHosts does not allow.";
        if (options.MinimumAge == TimeSpan.Zero)
            return null;
        if (file.UploadTime is not { } uploaded)
            return "hidden: the package index does not say when they were uploaded (PackageIndex:MinimumAge).";
        return now - uploaded < options.MinimumAge
            ? $"hidden: they are younger than {Describe(options.MinimumAge)} (PackageIndex:MinimumAge)."
            : null;
    }

    private static string Count(int files) => files == 1 ? "1 file" : $"{files} files";

    private static string Describe(TimeSpan age) =>
        age == TimeSpan.FromDays(age.Days) ? $"{age.Days} days" : $"{age:g}";
}
