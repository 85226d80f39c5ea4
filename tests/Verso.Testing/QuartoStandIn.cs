namespace Verso.Testing;

/// <summary>
/// A program in Quarto's place, laid out as Quarto is. What it does in a folder stands in that folder's
/// <c>stand-in.json</c> (see <c>quarto_stand_in.py</c>).
/// </summary>
public sealed class QuartoStandIn : IDisposable
{
    public const string Version = "1.10.18";

    private const UnixFileMode ForEverybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly TemporaryDirectory _root = new();

    public QuartoStandIn()
    {
        using var script = typeof(QuartoStandIn).Assembly.GetManifestResourceStream("quarto_stand_in.py")!;
        using var reader = new StreamReader(script);
        Program = _root.Write("bin/quarto", reader.ReadToEnd());
        // As programs are installed: for whichever user a sandbox has.
        File.SetUnixFileMode(_root.Path, ForEverybody);
        File.SetUnixFileMode(Program, ForEverybody);
        _root.Write("share/version", Version + "\n");
    }

    public string Program { get; }

    public void Dispose() => _root.Dispose();
}
