using System.Text;
using System.Text.RegularExpressions;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;

namespace Verso.Environments.Wheels;

/// <summary>Where the entries of a wheel go: the schemes of a virtualenv, and what no entry may be.</summary>
internal sealed partial class InstallPaths(WheelFileName wheel, BaseInterpreter interpreter, WheelLimits limits)
{
    private readonly string _headers =
        $"include/site/python{string.Join('.', interpreter.Version.Split('.').Take(2))}/{PackageName.Normalize(wheel.Name)}";

    /// <returns>Null for a directory.</returns>
    /// <exception cref="WheelException">The entry must not be.</exception>
    public InstallPath? Of(string entry)
    {
        CheckName(entry);
        if (entry.EndsWith('/'))
            return null;
        var parts = entry.Split('/', 3);
        if (!parts[0].EndsWith(".data"))
            return At(entry, $"{interpreter.SitePackages}/{entry}", isScript: false);
        if (parts is not [_, var scheme, var rest])
            throw Refused(entry, "stands in .data outside of a scheme's folder.");
        var folder = scheme switch
        {
            "purelib" or "platlib" => interpreter.SitePackages + "/",
            "scripts" => "bin/",
            "data" => "",
            "headers" => _headers + "/",
            _ => throw Refused(
                entry,
                $"stands in .data under '{scheme}', which is not one of purelib, platlib, scripts, data and headers."
            ),
        };
        var path = At(entry, folder + rest, isScript: scheme == "scripts");
        if (IsMetadata(path.Path))
            throw Refused(entry, "would replace metadata of packages.");
        return path;
    }

    /// <summary>As RECORD has a path: seen from the folder of packages.</summary>
    public string InRecord(string path) => Path.GetRelativePath("/" + interpreter.SitePackages, "/" + path);

    /// <summary>Where the compiled form of a module stands.</summary>
    public static string Compiled(string module, BaseInterpreter interpreter)
    {
        var slash = module.LastIndexOf('/') + 1;
        var name = module[slash..^".py".Length] is { Length: > 0 } stem ? stem : "py";
        return $"{module[..slash]}__pycache__/{name}.{interpreter.CacheTag}.pyc";
    }

    private InstallPath At(string entry, string path, bool isScript)
    {
        // In a virtualenv lib64 is a link to lib.
        var real = path.StartsWith("lib64/") ? "lib/" + path["lib64/".Length..] : path;
        if (VirtualEnvironmentOwn().IsMatch(real) || (interpreter.SitePackages + "/").StartsWith(real + "/"))
            throw Refused(entry, $"would replace '{real}', which belongs to the virtualenv itself.");
        return Encoding.UTF8.GetByteCount(real) > limits.PathBytes
            ? throw Refused(entry, $"has a path of more than {limits.PathBytes} bytes.")
            : new InstallPath(real, InRecord(path), isScript);
    }

    private bool IsMetadata(string path) =>
        path.StartsWith(interpreter.SitePackages + "/")
        && path[(interpreter.SitePackages.Length + 1)..].Split('/')[0].EndsWith(".dist-info");

    private void CheckName(string entry)
    {
        if (entry.Length == 0 || entry.Any(IsUnprintable))
            throw Refused(entry, "has a character that no path may have.");
        if (entry.Contains('\\'))
            throw Refused(entry, "has a backslash in its path.");
        if (entry[0] == '/')
            throw Refused(entry, "has an absolute path.");
        var segments = entry.TrimEnd('/').Split('/');
        if (segments.Contains(".."))
            throw Refused(entry, "leads out of the wheel.");
        if (segments.Any(segment => segment is "" or ".") || entry.EndsWith("//"))
            throw Refused(entry, "has a path with an empty part.");
        if (segments.Any(segment => Encoding.UTF8.GetByteCount(segment) > 255))
            throw Refused(entry, "has a name of more than 255 bytes.");
    }

    // Line ends of any kind would make two rows of RECORD of one; half a surrogate is no character at all.
    private static bool IsUnprintable(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFFFD';

    private WheelException Refused(string entry, string reason) => WheelException.Refused(wheel.Text, entry, reason);

    /// <summary>Whether a command or file of bin, or any other path, is the virtualenv's own.</summary>
    public static bool BelongsToVirtualEnvironment(string path) => VirtualEnvironmentOwn().IsMatch(path);

    // Commands such as activate-global-python-argcomplete and python-config are nobody's but their wheel's.
    [GeneratedRegex(
        @"\A(pyvenv\.cfg|\.gitignore|bin/python[0-9.]*t?|bin/activate(\.[^/]*)?|bin/Activate\.ps1)(/|\z)|\A(bin|include|include/python[0-9.]+|lib|lib64)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex VirtualEnvironmentOwn();
}

/// <param name="Path">Inside the environment.</param>
/// <param name="InRecord">As RECORD names it.</param>
/// <param name="IsScript">Of the scheme whose files may ask for the environment's Python.</param>
internal sealed record InstallPath(string Path, string InRecord, bool IsScript);
