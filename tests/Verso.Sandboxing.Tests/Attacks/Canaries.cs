using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Verso.Sandboxing.Tests.Attacks;

/// <summary>What stands on the host for attacks to reach: secrets, listeners, a process. Anything that reaches one is seen.</summary>
public sealed class Canaries : IDisposable
{
    private const string EnvironmentVariable = "CANARY_OF_THE_HOST";
    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _elsewhere = new();
    private readonly TcpListener _tcp = new(IPAddress.IPv6Any, 0);
    private readonly Socket _unix = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Socket _abstract = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Process _victim;
    private readonly string _abstractName = $"verso-canary-{Guid.NewGuid():N}";

    public Canaries()
    {
        Environment.SetEnvironmentVariable(EnvironmentVariable, "CANARY_VALUE_OF_THE_HOST");
        Secret = _directory.Write("secret", "a secret of the host");
        OtherProject = Path.GetDirectoryName(_elsewhere.Write("index.qmd", "another project"))!;
        ModuleFile = _directory.Write("environment/module.py", "value = 1");
        Project = Directory.CreateDirectory(_directory.Combine("project")).FullName;
        _tcp.Server.DualMode = true;
        _tcp.Start();
        _unix.Bind(new UnixDomainSocketEndPoint(_directory.Combine("socket")));
        _unix.Listen();
        _abstract.Bind(new UnixDomainSocketEndPoint("\0" + _abstractName));
        _abstract.Listen();
        _victim = Process.Start("/bin/bash", ["-c", "exec -a canary-victim sleep 600"]);
    }

    public string Secret { get; }

    public string OtherProject { get; }

    public string ModuleFile { get; }

    public string Project { get; }

    public string EnvironmentDirectory => Path.GetDirectoryName(ModuleFile)!;

    public IReadOnlyDictionary<string, string> Names =>
        new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin:/usr/sbin",
            ["CANARY_SECRET"] = Secret,
            ["CANARY_OTHER_PROJECT"] = OtherProject,
            ["CANARY_ENVIRONMENT"] = EnvironmentDirectory,
            ["CANARY_TCP_PORT"] = $"{((IPEndPoint)_tcp.LocalEndpoint).Port}",
            ["CANARY_UNIX_SOCKET"] = _directory.Combine("socket"),
            ["CANARY_ABSTRACT_SOCKET"] = _abstractName,
            ["CANARY_PROCESS"] = $"{_victim.Id}",
        };

    public void ShouldBeUntouched()
    {
        _victim.HasExited.ShouldBeFalse("the host's process is alive");
        File.ReadAllText(ModuleFile).ShouldBe("value = 1");
        File.GetUnixFileMode(ModuleFile)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.GetLastWriteTimeUtc(ModuleFile).Year.ShouldBeGreaterThan(2000);
        Directory.EnumerateFileSystemEntries(EnvironmentDirectory).ShouldHaveSingleItem();
        _tcp.Pending().ShouldBeFalse("nobody connected over TCP");
        _unix.Poll(0, SelectMode.SelectRead).ShouldBeFalse("nobody connected to the socket");
        _abstract.Poll(0, SelectMode.SelectRead).ShouldBeFalse("nobody connected to the abstract socket");
    }

    public void Dispose()
    {
        _victim.Kill();
        _victim.Dispose();
        _tcp.Dispose();
        _unix.Dispose();
        _abstract.Dispose();
        _directory.Dispose();
        _elsewhere.Dispose();
    }
}
