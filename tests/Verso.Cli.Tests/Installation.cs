using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

[assembly: AssemblyFixture(typeof(Verso.Cli.Tests.Installation))]

namespace Verso.Cli.Tests;

/// <summary>What every test finds installed: the program, a wheelhouse, an index with the same wheels, and a port where nobody answers.</summary>
public sealed class Installation : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Socket _closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly QuartoStandIn _quarto = new();
    private TestIndex? _index;

    /// <summary>In its own output folder: beside the tests it would miss what their shared framework has.</summary>
    public static string Program { get; } =
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "../../Verso.Cli",
                Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
                "verso"
            )
        );

    /// <summary>A folder for PATH that holds nothing but the program.</summary>
    public string Bin => _directory.Combine("bin");

    public string Wheelhouse => _directory.Combine("wheelhouse");

    /// <summary>A program in Quarto's place.</summary>
    public string Quarto => _quarto.Program;

    public string Index => _index!.Url.ToString();

    /// <summary>Bound but not listening, so that a connection is refused and nobody else can take the port.</summary>
    public string ClosedIndex => $"http://127.0.0.1:{((IPEndPoint)_closed.LocalEndPoint!).Port}/simple/";

    /// <summary>The environment of a process, which inherits nothing from that of the tests.</summary>
    public IReadOnlyDictionary<string, string> Variables(TemporaryDirectory place) =>
        new Dictionary<string, string>
        {
            ["PATH"] = $"{Bin}:/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = place.Path,
            ["LANG"] = "C.UTF-8",
            ["TERM"] = "xterm",
            ["TMPDIR"] = place.Path,
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
            ["PYTHON_VENVS_DIR"] = place.Combine("store"),
            ["PackageIndex__Upstream"] = "",
            // Wherever Quarto is installed.
            ["Rendering__Engine"] = "Builtin",
            ["Rendering__QuartoPath"] = Quarto,
            ["WHEELHOUSE"] = Wheelhouse,
            ["NEWER_WHEELS"] = _directory.Combine("newer"),
            ["INDEX"] = Index,
            ["CLOSED_INDEX"] = ClosedIndex,
        };

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Bin);
        File.CreateSymbolicLink(Path.Combine(Bin, "verso"), Program);
        new TestWheel("greeting", "1.0").WriteTo(Wheelhouse);
        new TestWheel("needy", "2.0") { Requires = ["greeting"] }.WriteTo(Wheelhouse);
        new TestWheel("greeting", "1.1").WriteTo(_directory.Combine("newer"));
        _index = await TestIndex.StartAsync(Wheelhouse);
        _closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public async ValueTask DisposeAsync()
    {
        if (_index is not null)
            await _index.DisposeAsync();
        _closed.Dispose();
        _quarto.Dispose();
        _directory.Dispose();
    }
}
