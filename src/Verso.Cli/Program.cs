using Verso.Cli;
using Verso.Cli.Commands;

var parsed = VersoCommand.Create().Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
