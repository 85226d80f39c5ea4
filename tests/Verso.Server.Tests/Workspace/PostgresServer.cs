using System.Diagnostics;

namespace Verso.Server.Tests.Workspace;

/// <summary>A real PostgreSQL in a folder of its own, on a unix socket; one for all tests, which make databases in it.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(BeginAsync);
    private static int _databases;

    private readonly TemporaryDirectory _directory = new();

    private static string Programs => Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin/";

    /// <summary>How to reach a new, empty database.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var server = await Shared.Value;
        var name = $"verso{Interlocked.Increment(ref _databases)}";
        await RunAsync("createdb", "-h", server._directory.Path, "-U", "verso", name);
        return $"Host={server._directory.Path};Username=verso;Database={name};Include Error Detail=true";
    }

    private static async Task<PostgresServer> BeginAsync()
    {
        var server = new PostgresServer();
        var (path, data) = (server._directory.Path, server._directory.Combine("data"));
        // It refuses to run as root; Debian's package has made this user.
        if (Environment.IsPrivilegedProcess)
            await RunAsync(new ProcessStartInfo("chown", ["postgres:", path]));
        await RunAsync("initdb", "-D", data, "-U", "verso", "--auth", "trust");
        await RunAsync(
            "pg_ctl",
            "start",
            "--wait",
            "-D",
            data,
            "-l",
            Path.Combine(path, "log"),
            "-o",
            // What is killed in tests is never the database itself.
            $"-k {path} -h '' -c max_connections=200 -c fsync=off"
        );
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    public void Dispose()
    {
        RunAsync("pg_ctl", "stop", "-D", _directory.Combine("data"), "-m", "immediate").GetAwaiter().GetResult();
        _directory.Dispose();
    }

    private static Task RunAsync(string program, params string[] arguments) =>
        RunAsync(
            Environment.IsPrivilegedProcess
                ? new ProcessStartInfo(
                    "setpriv",
                    ["--reuid", "postgres", "--regid", "postgres", "--clear-groups", Programs + program, .. arguments]
                )
                : new ProcessStartInfo(Programs + program, arguments)
        );

    private static async Task RunAsync(ProcessStartInfo info)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError, info.WorkingDirectory) = (true, true, "/");
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{info.FileName} failed: {await output} {errors}");
    }
}
