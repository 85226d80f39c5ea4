using Verso.Sandboxing;

namespace Verso.Cli.Tests.Attacks;

/// <summary>Runs the program as the tests' own user, or (where that is root) as one who may do nothing special.</summary>
public sealed class UserOfTheProgram(Installation installation) : IDisposable
{
    public const string Own = "own";
    public const string Ordinary = "ordinary";

    private const string Nobody = "65534";
    private readonly TemporaryDirectory _copy = new();

    /// <returns>A folder that belongs to the user, with a folder of the same user's outside of the project.</returns>
    public static async Task<TemporaryDirectory> PlaceAsync(string user)
    {
        Assert.SkipUnless(user == Own || Environment.IsPrivilegedProcess, "Becoming another user takes root.");
        var place = new TemporaryDirectory();
        place.Write("outside/precious", "kept");
        Directory.CreateDirectory(place.Combine("project"));
        await GiveAsync(user, place);
        return place;
    }

    /// <summary>What the test put there since belongs to the user too.</summary>
    public static async Task GiveAsync(string user, TemporaryDirectory place)
    {
        if (user == Ordinary)
            await CheckedAsync(new ProcessSpec("chown", "-hR", $"{Nobody}:{Nobody}", place.Path));
    }

    public async Task<ProcessResult> RunAsync(string user, TemporaryDirectory place, params string[] arguments)
    {
        var program = user == Own ? Installation.Program : await CopyAsync();
        string[] command = [program, .. arguments];
        if (user == Ordinary)
            command = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--", .. command];
        var spec = new ProcessSpec(command[0], command[1..])
        {
            WorkingDirectory = place.Combine("project"),
            Environment = installation.Variables(place),
            Timeout = TimeSpan.FromMinutes(2),
        };
        return await ProcessRunner.RunAsync(spec, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _copy.Dispose();

    // The repository may stand where only root can read.
    private async Task<string> CopyAsync()
    {
        var program = _copy.Combine("program");
        if (!Directory.Exists(program))
        {
            await CheckedAsync(new ProcessSpec("cp", "-r", Path.GetDirectoryName(Installation.Program)!, program));
            await CheckedAsync(new ProcessSpec("chmod", "-R", "a+rX", _copy.Path));
        }
        return Path.Combine(program, Path.GetFileName(Installation.Program));
    }

    private static async Task CheckedAsync(ProcessSpec spec) =>
        (await ProcessRunner.RunAsync(spec, TestContext.Current.CancellationToken)).Error.ShouldBe("");
}
