using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Verso.Cli.Commands.Check;
using Verso.Cli.Commands.Demo;
using Verso.Cli.Commands.Doctor;
using Verso.Cli.Commands.Env;
using Verso.Cli.Commands.Render;
using Verso.Cli.Commands.Serve;
using Verso.Cli.Commands.User;
using Verso.Cli.Terminal;

namespace Verso.Cli.Commands;

/// <summary>The <c>verso</c> program's commands.</summary>
internal static class VersoCommand
{
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the result as JSON, and a failure too",
        Recursive = true,
    };

    public static readonly Option<bool> Unconfined = new("--unconfined")
    {
        Description = "Run without the sandbox; for your own documents and packages you trust",
        Recursive = true,
    };

    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        var mistakes = UnknownOptions(parsed)
            .Select(option =>
                $"There is no option '{option}' of '{Path(parsed)}'.{Spelling.DidYouMean(option, OptionsOf(parsed))}"
            )
            .Concat(UnknownCommand(parsed))
            .DefaultIfEmpty(string.Join('\n', parsed.Errors.Select(error => error.Message)))
            .Where(mistake => mistake.Length > 0)
            .ToList();
        return mistakes.Count > 0
            ? Refuse(parsed, mistakes)
            // The commands see to signals and exceptions by themselves.
            : await parsed.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
            );
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("Renders Quarto documents, each with the Python packages its project names.")
        {
            Json,
            Unconfined,
            RenderCommand.Create(),
            CheckCommand.Create(),
            EnvCommand.Create(),
            DoctorCommand.Create(),
            ServeCommand.Create(),
            DemoCommand.Create(),
            MigrateCommand.Create(),
            UserCommand.Create(),
        };
        root.SetAction(ShowHelp);
        return root;
    }

    /// <summary>What a command that only holds others does.</summary>
    public static int ShowHelp(ParseResult arguments) => new HelpAction().Invoke(arguments);

    // The parser takes them for arguments, and then complains of the argument that is one too many.
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var values = parsed.CommandResult.Children.OfType<OptionResult>().SelectMany(option => option.Tokens).ToList();
        return parsed
            .Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && token.Value is ['-', _, ..] && !values.Contains(token))
            .Select(token => token.Value);
    }

    private static IEnumerable<string> OptionsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Append(Json).Append(Unconfined).Select(option => option.Name);

    // The rest of the line was meant for it.
    private static IEnumerable<string> UnknownCommand(ParseResult parsed)
    {
        var commands = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        return commands.Count > 0 && parsed.UnmatchedTokens is [var typed, ..] && !typed.StartsWith('-')
            ? [$"There is no command '{typed}' of '{Path(parsed)}'.{Spelling.DidYouMean(typed, commands)}"]
            : [];
    }

    private static int Refuse(ParseResult parsed, IEnumerable<string> mistakes)
    {
        var json = parsed.GetResult(Json) is { Implicit: false };
        Output.Fail(string.Join('\n', mistakes), [], json);
        if (!json)
            Output.Talk.Line($"See '{Path(parsed)} --help'.");
        return ExitCodes.Usage;
    }

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
            names.Insert(0, command.Command.Name);
        return string.Join(' ', names);
    }
}
