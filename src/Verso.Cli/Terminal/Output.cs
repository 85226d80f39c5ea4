namespace Verso.Cli.Terminal;

/// <summary>Data to standard output, talk to standard error.</summary>
internal static class Output
{
    public static Channel Data { get; } = new(Console.Out, !Console.IsOutputRedirected);

    public static Channel Talk { get; } = new(Console.Error, !Console.IsErrorRedirected);

    public static void Json<T>(T value) => Data.Line(CliJson.Serialize(value));

    /// <summary>Says what went wrong: as an object when a program asked, else as sentences.</summary>
    public static void Fail(string message, IReadOnlyList<Fault> faults, bool json)
    {
        if (json)
            Json(new Failure(message, faults));
        else if (faults.Count == 0)
            Talk.Line(message);
        else
            foreach (var fault in faults)
                Talk.Line(fault.ToString());
    }

    /// <summary>Does the work behind one live line, when there is a terminal to show it on.</summary>
    public static async Task<T> WithProgressAsync<T>(string first, Func<IProgress<string>?, Task<T>> work)
    {
        if (!Talk.IsTerminal)
            return await work(null);
        using var line = new LiveLine(Talk, TimeProvider.System);
        line.Report(first);
        return await work(line);
    }
}
