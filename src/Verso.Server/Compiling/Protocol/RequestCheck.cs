using System.Text.RegularExpressions;

namespace Verso.Server.Compiling.Protocol;

/// <summary>What makes no sense about a request, in a sentence.</summary>
internal static partial class RequestCheck
{
    public const int MostResources = 2000;

    /// <returns>Null when nothing does.</returns>
    public static string? Refuse(CompileRequest request, CompileServiceOptions service)
    {
        var options = request.Wanted;
        if (options.Compiler is not (null or "quarto"))
            return $"There is no compiler '{Plain(options.Compiler)}' here; there is: quarto.";
        if (options.Timeout is { } timeout && !(timeout > 0))
            return $"options.timeout is {timeout}; it must be more than zero seconds.";
        if (options.SyncType == SyncType.Incremental && string.IsNullOrEmpty(options.SyncState))
            return "options.syncType is incremental, which needs options.syncState.";
        if (options.BuildId is { } build && !BuildIdForm().IsMatch(build))
            return $"options.buildId is '{Plain(build)}'; it must be milliseconds and 16 digits, both hexadecimal, with a hyphen between.";
        if (request.RootResourcePath is { } root && Fault(root) is { } rootFault)
            return rootFault;
        if (options.UntrustedFiles?.Contains(null) == true)
            return "One of options.untrustedFiles is null.";
        if (request.Files.Count > MostResources)
            return $"The project has {request.Files.Count} files; at most {MostResources} are compiled.";
        // What is null in a list is not seen when it is read.
        return request.Files.Contains(null) ? "One of the resources is null." : Refuse(request.Files, service);
    }

    public static string Plain(string text) =>
        string.Concat((text.Length > 200 ? text[..200] + "…" : text).Select(c => char.IsControl(c) ? '?' : c));

    private static string? Refuse(IReadOnlyList<Resource> resources, CompileServiceOptions service)
    {
        var paths = new HashSet<string>(resources.Count);
        foreach (var resource in resources)
        {
            if (Fault(resource.Path) is { } fault)
                return fault;
            if (!paths.Add(resource.Path))
                return $"The path '{resource.Path}' is given twice.";
            if (Source(resource, service) is { } source)
                return $"The resource '{resource.Path}' {source}.";
        }
        foreach (var path in paths)
            for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
                if (paths.Contains(path[..at]))
                    return $"The path '{path[..at]}' is both a file and a folder.";
        return null;
    }

    private static string? Fault(string path) =>
        ResourcePath.Fault(path) is { } fault ? $"The path '{Plain(path)}' {fault}." : null;

    private static string? Source(Resource resource, CompileServiceOptions service)
    {
        if (resource.Hash is { } hash && !Sha256Form().IsMatch(hash))
            return "has a hash that is no SHA-256 in lower-case hexadecimal";
        if (resource.LocalPath is not null)
            return resource.Hash is null ? "names a file of this machine, but not its hash" : null;
        if (resource.Content is not null)
            return resource.Url is null ? null : "has both content and a url";
        if (resource.Url is null)
            return "has neither content nor a url";
        foreach (var url in new[] { resource.Url, resource.FallbackUrl })
            if (url is not null && !IsAllowed(url, service))
                return $"is to come from '{Plain(url)}', which is not among the allowed origins (Compile:ResourceOrigins)";
        return null;
    }

    private static bool IsAllowed(string url, CompileServiceOptions service) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && service.ResourceOrigins.Any(origin =>
            Uri.Compare(
                uri,
                new Uri(origin),
                UriComponents.SchemeAndServer,
                UriFormat.SafeUnescaped,
                StringComparison.OrdinalIgnoreCase
            ) == 0
        );

    [GeneratedRegex(@"^[0-9a-f]{8,12}-[0-9a-f]{16}\z")]
    private static partial Regex BuildIdForm();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256Form();
}
