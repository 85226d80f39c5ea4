using System.Text.Json;
using Verso.Environments.Interpreters;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Interpreters;

public sealed class InterpreterInspectorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Invocations => _directory.Combine("invocations");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_base_interpreter_is_described()
    {
        var found = await InspectAsync("/usr/bin/python3");

        found.Path.ShouldBe("/usr/bin/python3");
        found.Implementation.ShouldBe("CPython");
        found.RealPath.ShouldStartWith("/usr/bin/python3.");
        found.Version.ShouldMatch(@"^3\.\d+\.\d+$");
        found.Abi.ShouldStartWith("cpython-3");
        found.Platform.ShouldStartWith("linux-");
        found.SearchPath.ShouldContain("/usr/lib/python3/dist-packages");
        found.Packages.Keys.ShouldContain("pip");
        found.Packages.Keys.ShouldContain("packaging");
    }

    [Fact]
    public async Task Python_is_asked_once_and_the_answer_outlives_the_process()
    {
        var python = Counting();
        var first = new InterpreterInspector(Options(python), Layout(python));
        var answer = await first.InspectAsync(Cancellation);

        (await first.InspectAsync(Cancellation)).ShouldBeSameAs(answer);
        var another = await InspectAsync(python);

        Count().ShouldBe(1);
        JsonSerializer.Serialize(another).ShouldBe(JsonSerializer.Serialize(answer));
    }

    [Fact]
    public async Task A_package_that_appears_on_the_search_path_is_seen()
    {
        var site = Directory.CreateDirectory(_directory.Combine("site")).FullName;
        var python = Counting($"import sys; sys.path.append('{site}')");
        var inspector = new InterpreterInspector(Options(python), Layout(python));
        var before = await inspector.InspectAsync(Cancellation);
        before.SearchPath.ShouldContain(site);

        _directory.Write("site/alpha-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\n");
        Directory.SetLastWriteTimeUtc(site, DateTime.UtcNow.AddSeconds(5));

        var after = await inspector.InspectAsync(Cancellation);
        Count().ShouldBe(2);
        after.Packages["alpha"].ShouldBe("1.0");
        after.Fingerprint.ShouldNotBe(before.Fingerprint);
    }

    [Fact]
    public async Task A_program_that_was_replaced_is_asked_again()
    {
        var python = Counting();
        await InspectAsync(python);

        File.SetLastWriteTimeUtc(python, DateTime.UtcNow.AddSeconds(5));

        await InspectAsync(python);
        Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(
        "/no/such/python",
        "There is no Python at '/no/such/python'; install python3 or name another in Environments:Python."
    )]
    [InlineData(
        "no-such-python",
        "There is no Python at 'no-such-python'; install python3 or name another in Environments:Python."
    )]
    [InlineData(
        "/bin/true",
        "/bin/true does not work as a Python interpreter: it prints nothing about itself. Name another in Environments:Python."
    )]
    [InlineData(
        "/bin/echo",
        "/bin/echo does not work as a Python interpreter: it prints nothing about itself. Name another in Environments:Python."
    )]
    public async Task What_is_no_python_is_refused(string program, string message)
    {
        var failure = await Should.ThrowAsync<InterpreterException>(() => InspectAsync(program));

        failure.Message.ShouldBe(message);
    }

    [Fact]
    public async Task The_last_words_of_a_broken_python_are_passed_on()
    {
        var broken = _directory.Write("broken", "#!/bin/sh\necho first >&2\necho 'no encodings' >&2\nexit 1\n");
        MakeExecutable(broken);

        var failure = await Should.ThrowAsync<InterpreterException>(() => InspectAsync(broken));

        failure.Message.ShouldBe(
            $"{broken} does not work as a Python interpreter: no encodings. Name another in Environments:Python."
        );
    }

    [Fact]
    public async Task A_python_inside_a_virtualenv_is_refused()
    {
        var environment = _directory.Combine("venv");
        await Run.CheckedAsync("/usr/bin/python3", "-m", "venv", "--without-pip", environment);

        var failure = await Should.ThrowAsync<InterpreterException>(() => InspectAsync($"{environment}/bin/python"));

        failure.Message.ShouldStartWith($"{environment}/bin/python belongs to a virtualenv");
    }

    private EnvironmentsOptions Options(string python) =>
        new() { Python = python, StoreDirectory = _directory.Combine("store") };

    private StoreLayout Layout(string python) => new(Options(python));

    private Task<BaseInterpreter> InspectAsync(string python) =>
        new InterpreterInspector(Options(python), Layout(python)).InspectAsync(Cancellation);

    /// <summary>The base interpreter behind a script that counts how often it was started.</summary>
    /// <param name="first">Python that runs before what was asked for.</param>
    private string Counting(string first = "pass")
    {
        var path = _directory.Write(
            "python",
            $"""
            #!/bin/sh
            echo started >> {Invocations}
            # $1 is -I and $2 is -c.
            exec /usr/bin/python3 -I -c "{first}
            $3"
            """
        );
        MakeExecutable(path);
        return path;
    }

    private int Count() => File.ReadAllLines(Invocations).Length;

    private static void MakeExecutable(string path) => File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
}
