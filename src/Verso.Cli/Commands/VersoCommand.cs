using System.CommandLine;
using Verso.Environments.Interpreters;
using Verso.Sandboxing;

namespace Verso.Cli.Commands;

/// <summary>The <c>verso</c> program's commands.</summary>
internal static class VersoCommand
{
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the result as JSON",
        Recursive = true,
    };

    public static RootCommand Create() =>
        new("Renders Quarto documents, each with the Python packages its project names.")
        {
            Json,
            RenderCommand.Create(),
            EnvCommand.Create(),
            DoctorCommand.Create(),
        };

    /// <summary>Runs a command's work and turns what it throws into a sentence and an exit code.</summary>
    public static void Runs(this Command command, Func<ParseResult, CliSettings, CancellationToken, Task<int>> work) =>
        command.SetAction(
            async (arguments, cancellationToken) =>
            {
                try
                {
                    return await work(arguments, CliSettings.Load(), cancellationToken);
                }
                catch (UsageException e)
                {
                    Output.Say(e.Message);
                    return ExitCodes.Usage;
                }
                catch (Exception e)
                    when (e
                            is InterpreterException
                                or ProgramNotFoundException
                                or IOException
                                or UnauthorizedAccessException
                    )
                {
                    Output.Say(e.Message);
                    return ExitCodes.OwnFault;
                }
            }
        );
}
