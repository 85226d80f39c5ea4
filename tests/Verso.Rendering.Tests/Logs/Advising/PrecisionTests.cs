using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Tests.Logs.Advising;

/// <summary>A wrong package is worse than none: names that nobody published get none proposed.</summary>
public sealed class PrecisionTests : IDisposable
{
    private static readonly string[] Syllables =
    [
        .. (string[])["ba", "cor", "den", "fi", "gar", "hul", "jo", "kem", "lun", "mor", "nep", "ock", "pra", "qui"],
        .. (string[])["ros", "sti", "tam", "urb", "vex", "wol", "xan", "yor", "zel", "bri", "clo", "dru", "fle", "gno"],
    ];

    private static readonly string[] Known =
    [
        .. (string[])["numpy", "pandas", "requests", "sklearn", "torch", "django", "flask", "scipy", "polars", "boto3"],
        .. (string[])["matplotlib", "selenium", "tensorflow", "pydantic", "seaborn", "plotly", "cv2", "yaml", "bs4"],
    ];

    // As people name the files beside their documents.
    private static readonly string[] LocalNames =
    [
        .. """
            utils util helpers helper config settings constants common core data dataset model models plot plots plotting
            figures tables functions funcs lib libs tools tool scripts script main app api db database loader loaders
            preprocess preprocessing analysis features train training test tests evaluate evaluation metrics report reports
            io load clean cleaning parse parser parsers process processing pipeline pipelines transform transforms
            stats_helpers viz visualization visualize theme style styles colors palette maps simulation simulate solver
            optimizer params parameters setup env environment secrets credentials queries query sql schema types base client
            server download fetch scrape scraper export exports imports input output results summary notebook notebooks
            project src code shared local module modules my_module mymodule package example examples demo sample foo bar
            baz spam eggs hello misc stuff temp tmp scratch draft experiment experiments benchmark bench debug logger
            logging_setup log logs cache store storage state context session user users auth admin views forms urls tasks
            jobs worker workers scheduler events handlers commands run runner build deploy version exceptions errors
            validators validation checks check fixtures mocks generators random_walk agents agent game board player engine
            math_utils string_utils file_utils date_utils text image images audio video network graph graphs tree node
            matrix vector numeric finance portfolio stocks prices weather survey sales inventory customers orders products
            students grades homework exercise exercises solution solutions lesson chapter intro appendix fig1 table1
            plot_helpers funciones utilidades datos modelo hilfe daten modell
            """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
    ];

    private readonly TemporaryDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Two_thousand_invented_names_get_no_package()
    {
        var advisor = Advisor();
        var names = Invented().Distinct().Take(2000).ToList();

        names.Count.ShouldBe(2000);
        names.Where(name => Proposed(advisor, name) is not null).ShouldBeEmpty();
    }

    [Fact]
    public void Names_of_local_modules_get_no_package()
    {
        var advisor = Advisor();

        LocalNames.Distinct().Count().ShouldBeGreaterThanOrEqualTo(200);
        LocalNames.Where(name => Proposed(advisor, name) is not null).ShouldBeEmpty();
    }

    [Fact]
    public void Two_hundred_modules_of_the_project_get_no_package_even_where_a_package_has_their_name()
    {
        var names = LocalNames.Take(180).Concat(Known).Append("humanize").Distinct().ToList();
        names.Count.ShouldBeGreaterThanOrEqualTo(200);
        foreach (var name in names)
            _project.Write($"elsewhere/{name}.py", "");
        var advisor = Advisor();

        foreach (var name in names)
        {
            var advice = advisor.Advise(name).Advice;
            (advice.Package, advice.RequirementLine).ShouldBe((null, null), name);
        }
    }

    [Fact]
    public void A_message_cannot_have_an_invented_package_proposed()
    {
        var advisor = Advisor();

        foreach (var name in Invented().Distinct().Take(500))
            advisor
                .Advise(new RaisedError("RuntimeError", $"Please run pip install {name} to go on", ""))
                .ShouldBeNull(name);
    }

    [Fact]
    public void Most_of_the_table_is_about_packages_of_another_name() =>
        ModuleTable.RenamedCount.ShouldBeGreaterThanOrEqualTo(500);

    private static string? Proposed(ModuleAdvisor advisor, string module) =>
        advisor.Advise(module).Advice is { } advice ? advice.Package ?? advice.RequirementLine : null;

    private ModuleAdvisor Advisor() =>
        new(_project.Path, new EnvironmentOutcome.Base(BaseReason.NoRequirements, "", [], ""));

    // Words of syllables, such with what people add to names, and known names misspelt or added to.
    private static IEnumerable<string> Invented()
    {
        var random = new Random(20_250_101);
        string Word(int length) =>
            string.Concat(Enumerable.Range(0, length).Select(_ => Syllables[random.Next(Syllables.Length)]));
        while (true)
        {
            yield return Word(3);
            yield return $"{Word(2)}_{Word(2)}";
            yield return $"{Word(2)}_utils";
            yield return $"my_{Word(2)}";
            var known = Known[random.Next(Known.Length)];
            yield return $"{known}_{Word(2)}";
            yield return $"{Word(2)}{known}";
            var at = random.Next(known.Length);
            yield return known[..at] + "xq" + known[at..];
        }
    }
}
