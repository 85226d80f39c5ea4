using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Verso.Cli;

/// <summary>Data to standard output, talk to standard error.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static bool IsTerminal => !Console.IsErrorRedirected;

    public static void WriteJson(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Json));

    public static void WriteLine(string text) => Console.Out.WriteLine(text);

    public static void Say(string text) => Console.Error.WriteLine(text);

    /// <summary>Does the work behind one live line on a terminal, which is gone when it is done.</summary>
    public static async Task<T> WithStatusAsync<T>(string first, Func<Action<string>?, Task<T>> work)
    {
        if (!IsTerminal)
            return await work(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console
            .Status()
            .StartAsync(
                Markup.Escape(first),
                context => work(text => context.Status = Markup.Escape(text.Length <= 100 ? text : text[..99] + "…"))
            );
    }
}
