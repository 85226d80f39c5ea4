using Verso.Rendering.Logs;

namespace Verso.Rendering.Tests.Logs;

/// <summary>What comes of the sandbox is not taken for the author's mistake, and the other way round.</summary>
public sealed class ConfinementTests
{
    private const string NoNetwork =
        "A document's code has no network here: put the data into the project and read it from there.";
    private const string NotSeen =
        "A document's code sees its project's folder and nothing beside it: put the file into the project.";
    private const string NotWritten = "A document's code may write into its project's folder alone.";

    [Theory]
    [InlineData("URLError", "<urlopen error [Errno -3] Temporary failure in name resolution>", NoNetwork)]
    [InlineData("OSError", "[Errno 101] Network is unreachable", NoNetwork)]
    [InlineData(
        "OSError",
        "Could not find a suitable TLS CA certificate bundle, invalid path: /etc/ssl/certs/ca-certificates.crt",
        NoNetwork
    )]
    [InlineData("FileNotFoundError", "[Errno 2] No such file or directory: '/data/a.csv'", NotSeen)]
    [InlineData("FileNotFoundError", "[Errno 2] No such file or directory: '../a.csv'", NotSeen)]
    [InlineData("FileNotFoundError", "[Errno 2] No such file or directory: '/home/verso/a.csv'", NotSeen)]
    [InlineData("FileNotFoundError", "[Errno 2] No such file or directory: 'a.csv'", null)]
    [InlineData("FileNotFoundError", "[Errno 2] No such file or directory: 'data/../a.csv'", null)]
    [InlineData("FileNotFoundError", "[Errno 2] No such file or directory: '/home/ada/project/a.csv'", null)]
    [InlineData("OSError", "[Errno 30] Read-only file system: '/etc/foo'", NotWritten)]
    [InlineData("PermissionError", "[Errno 13] Permission denied: '../foo'", NotWritten)]
    [InlineData("PermissionError", "[Errno 13] Permission denied: 'foo'", null)]
    [InlineData("ValueError", "nothing of the kind", null)]
    public void Errors_of_the_sandbox_are_explained(string type, string message, string? sentence) =>
        new Confinement("/home/ada/project").Explain(new RaisedError(type, message, "")).ShouldBe(sentence);
}
