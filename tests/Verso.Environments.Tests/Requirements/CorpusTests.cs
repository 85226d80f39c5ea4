using Verso.Environments.Requirements;

namespace Verso.Environments.Tests.Requirements;

/// <summary>Every line of the corpus, judged by Verso and by Python's packaging.</summary>
public sealed class CorpusTests
{
    [Fact]
    public async Task Verso_accepts_what_packaging_accepts_unless_policy_refuses_it()
    {
        var (lines, verdicts) = await JudgeAsync();
        var wrong = new List<string>();
        var counts = new SortedDictionary<string, int>();
        foreach (var (line, verdict) in lines.Zip(verdicts).Where(pair => pair.Second.Text.Length > 0))
        {
            var policy = Policy.ClassOf(verdict.Text);
            var (expected, outcome) = (verdict.Meaning, policy) switch
            {
                (null, _) => (false, "malformed"),
                (_, not null) => (false, $"refused by policy: {policy}"),
                _ => (true, "accepted"),
            };
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
            if (line.IsAccepted != expected)
                wrong.Add($"{line.Text} → {line.Outcome}, expected {outcome}");
            else if (line.IsAccepted && verdict.OfCanonical?.ToString() != verdict.Meaning!.ToString())
                wrong.Add($"{line.Text} → {line.Outcome}, which means {verdict.OfCanonical}, not {verdict.Meaning}");
        }
        foreach (var (outcome, count) in counts)
            TestContext.Current.TestOutputHelper!.WriteLine($"{count, 5} {outcome}");

        string.Join('\n', wrong).ShouldBe("");
        counts["accepted"].ShouldBeGreaterThan(400);
        counts["malformed"].ShouldBeGreaterThan(400);
    }

    [Fact]
    public async Task Pip_reads_each_canonical_line_as_packaging_does()
    {
        var (lines, verdicts) = await JudgeAsync();

        lines
            .Zip(verdicts)
            .Where(pair => pair.First.IsAccepted)
            .Where(pair => !MeanTheSame(pair.Second.OfCanonicalToPip, pair.Second.OfCanonical))
            .Select(pair => $"{pair.First.Outcome} → {pair.Second.OfCanonicalToPip}, not {pair.Second.OfCanonical}")
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_canonical_line_is_its_own_canonical_form()
    {
        var (lines, _) = await JudgeAsync();

        lines
            .Where(line => line.IsAccepted && new Judged(line.Outcome).Outcome != line.Outcome)
            .Select(line => line.Outcome)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_line_is_a_requirement_a_fault_or_nothing_but_a_comment()
    {
        var (lines, verdicts) = await JudgeAsync();

        lines
            .Zip(verdicts)
            .Where(pair => pair.First.Count != (pair.Second.Text.Length == 0 ? 0 : 1))
            .Select(pair => pair.First.Text)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Each_refusal_is_a_sentence_about_its_line()
    {
        Corpus()
            .Select(line => new Judged(line))
            .Where(line => line.Fault is { } fault && !(fault.Line == 1 && IsSentence(fault.Message)))
            .Select(line => $"{line.Text} → {line.Fault}")
            .ShouldBeEmpty();
    }

    private static async Task<(IReadOnlyList<Judged>, IReadOnlyList<PackagingOracle.Verdict>)> JudgeAsync()
    {
        Judged[] lines = [.. Corpus().Select(line => new Judged(line))];
        lines.Length.ShouldBeGreaterThan(1000);
        var verdicts = await PackagingOracle.AskAsync(
            lines.Select(line => new PackagingOracle.Case(line.Text, line.IsAccepted ? line.Outcome : null)),
            TestContext.Current.CancellationToken
        );
        return (lines, verdicts);
    }

    // Ends in a full stop, or in an example; quotes nothing that is not there; does not leave it at "not understood".
    private static bool IsSentence(string message) =>
        (message.EndsWith('.') || message.Contains("such as: "))
        && !message.StartsWith("'' ")
        && !message.EndsWith("not understood.");

    // pip's older copy normalises fewer extras inside a marker, so of that only the presence is compared.
    private static bool MeanTheSame(PackagingOracle.Meaning? toPip, PackagingOracle.Meaning? toPackaging) =>
        toPip is not null
        && toPackaging is not null
        && (toPip.Marker.Length > 0) == (toPackaging.Marker.Length > 0)
        && (toPip with { Marker = "" }).ToString() == (toPackaging with { Marker = "" }).ToString();

    private static IEnumerable<string> Corpus() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Requirements", "corpus.txt"))
            .Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith("## "));

    /// <summary>A line and what Verso makes of it.</summary>
    private sealed class Judged(string text)
    {
        private readonly RequirementsFile _file = RequirementsFile.Parse(text);

        public string Text => text;

        public int Count => _file.Requirements.Count + _file.Faults.Count;

        public bool IsAccepted => _file.Requirements.Count == 1;

        public RequirementFault? Fault => _file.Faults.SingleOrDefault();

        public string Outcome => IsAccepted ? _file.Requirements[0].ToString() : $"refused: {Fault?.Message}";
    }
}
