using System.CommandLine;

namespace Verso.Cli.Commands.Env;

internal static class EnvCommand
{
    public static Command Create()
    {
        var command = new Command("env", "Look after the environments that projects' packages are installed in")
        {
            ResolveCommand.Create(),
            BuildCommand.Create(),
            ListCommand.Create(),
            ShowCommand.Create(),
            RefreshCommand.Create(),
            PinCommand.Create(),
            VerifyCommand.Create(),
            RemoveCommand.Create(),
            PruneCommand.Create(),
        };
        command.SetAction(VersoCommand.ShowHelp);
        return command;
    }
}
