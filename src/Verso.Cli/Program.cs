using Verso.Cli.Commands;

return await VersoCommand.InvokeAsync(args);
