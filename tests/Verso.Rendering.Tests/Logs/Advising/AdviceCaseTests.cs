using System.Runtime.CompilerServices;
using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Tests.Logs.Advising;

/// <summary>Each line of <c>advice-cases.tsv</c> is a test.</summary>
public sealed class AdviceCaseTests : IDisposable
{
    private readonly TemporaryDirectory _project = new();
    private readonly TemporaryDirectory _wheels = new();

    public static TheoryData<string> Cases => [.. File.ReadLines(CaseFile()).Where(line => !line.StartsWith('#'))];

    public void Dispose()
    {
        _project.Dispose();
        _wheels.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Advice_is_as_expected(string line)
    {
        var fields = line.Split('\t');
        var advisor = Prepare(fields[1] == "-" ? [] : fields[1].Split(';'));

        var advised = fields[0].StartsWith("import ")
            ? advisor.Advise(fields[0][7..])
            : advisor.Advise(CellFailure.Read(fields[0].Split('⏎')).Error);

        if (fields[2] == "none")
        {
            advised.ShouldBeNull();
            return;
        }
        advised.ShouldNotBeNull();
        $"{advised.Advice.Kind} {advised.Advice.Package ?? "-"} {advised.Advice.RequirementLine ?? "-"}".ShouldBe(
            $"{fields[2]} {fields[3]} {fields[4]}",
            advised.Text
        );
        if (fields[5] != "-")
            advised.Text.ShouldContain(fields[5]);
        advised.Text.ShouldEndWith(".");
    }

    private ModuleAdvisor Prepare(string[] context)
    {
        EnvironmentOutcome environment = new EnvironmentOutcome.Base(BaseReason.NoRequirements, "", [], "");
        Version? python = null;
        var document = _project.Path;
        IModuleSource? wheelhouses = null;
        IModuleSource? owned = null;
        IReadOnlyList<string> denied = [];
        foreach (var (key, value) in context.Select(part => (part.Split('=')[0], part[(part.IndexOf('=') + 1)..])))
            switch (key)
            {
                case "python":
                    python = Version.Parse(value);
                    break;
                case "file":
                    foreach (var file in value.Split(','))
                        _project.Write(file, "");
                    break;
                case "document":
                    document = Directory.CreateDirectory(_project.Combine(value)).FullName;
                    break;
                case "requirements":
                    _project.Write("requirements.vrf", $"numpy\n{value}\n");
                    break;
                case "base":
                    environment = new EnvironmentOutcome.Base(BaseReason.BuildFailed, value, [], "");
                    break;
                case "leased":
                    environment = new EnvironmentOutcome.Leased(null!, null!, Built: false, null!, "");
                    break;
                case "wheel":
                    wheelhouses = Wheels("house", value);
                    break;
                case "owned":
                    owned = Wheels("owned", value);
                    break;
                case "denied":
                    denied = [value];
                    break;
                default:
                    throw new FormatException($"'{key}' means nothing.");
            }
        return new ModuleAdvisor(_project.Path, environment)
        {
            DocumentDirectory = document,
            Python = python,
            Sources = new ModuleSources(wheelhouses, owned) { Index = new() { DeniedNames = denied } },
        };
    }

    private WheelhouseModules Wheels(string folder, string wheels)
    {
        foreach (var wheel in wheels.Split(','))
        {
            var file = new Dictionary<string, string> { [wheel.Split(':')[1]] = "" };
            new TestWheel(wheel.Split(':')[0], "1.0") { Files = file }.WriteTo(_wheels.Combine(folder));
        }
        return new WheelhouseModules([_wheels.Combine(folder)]);
    }

    private static string CaseFile([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "advice-cases.tsv");
}
