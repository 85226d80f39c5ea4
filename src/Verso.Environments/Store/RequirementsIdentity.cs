using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;

namespace Verso.Environments.Store;

/// <summary>
/// The two names that things go by in the store. Requirements are named by all that may change what they resolve to;
/// an environment by what was resolved and by all that its files depend on.
/// </summary>
public sealed class RequirementsIdentity
{
    private const int FormatVersion = 1;

    private readonly string _storeRoot;
    private readonly string _salt;
    private readonly string _scope;

    /// <param name="lines">Normalised, sorted.</param>
    /// <param name="scope">Whose environments these are; empty when all projects share them.</param>
    public RequirementsIdentity(
        IReadOnlyList<string> lines,
        BaseInterpreter interpreter,
        PackageIndexOptions index,
        EnvironmentsOptions options,
        string scope
    )
    {
        (Lines, Interpreter, _scope) = (lines, interpreter, scope);
        (_storeRoot, _salt) = (new StoreLayout(options).Root, options.Salt);
        RequirementsKey = CanonicalJson.Hash(
            new
            {
                FormatVersion,
                lines,
                Interpreter = Describe(interpreter),
                interpreter.Fingerprint,
                Index = Describe(index),
                Salt = _salt,
                scope,
            }
        );
    }

    public IReadOnlyList<string> Lines { get; }

    public BaseInterpreter Interpreter { get; }

    public string RequirementsKey { get; }

    public string EnvironmentKey(IReadOnlyList<Pin> pins) =>
        CanonicalJson.Hash(
            new
            {
                FormatVersion,
                Interpreter = Describe(Interpreter),
                Interpreter.Fingerprint,
                StoreRoot = _storeRoot,
                Salt = _salt,
                Scope = _scope,
                // What was asked for is written into an environment, and tried in it.
                Pins = pins.Select(pin =>
                        $"{PackageName.Normalize(pin.Name)}=={pin.Version} {pin.Sha256} {(pin.Requested ? "requested" : "needed")}"
                    )
                    .Order(StringComparer.Ordinal),
            }
        );

    // Who may fetch does not matter to what there is; what is offered does.
    private static object Describe(PackageIndexOptions index) =>
        new
        {
            Upstream = Uri.TryCreate(index.Upstream, UriKind.Absolute, out var address)
                ? address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)
                : "",
            index.Wheelhouses,
            index.PrivateNames,
            index.AllowedNames,
            index.DeniedNames,
            index.MinimumAge,
        };

    // The configured path stands beside the real one: pyvenv.cfg and the links in bin/ hold it.
    private static object Describe(BaseInterpreter interpreter) =>
        new
        {
            interpreter.Implementation,
            interpreter.Path,
            interpreter.RealPath,
            interpreter.Version,
            interpreter.Abi,
            interpreter.Platform,
        };
}
