using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Verso.Cli.Commands.Serve;
using Verso.Cli.Terminal;
using Verso.Server.Accounts;
using Verso.Server.Hosting;
using Verso.Server.Web;

namespace Verso.Cli.Commands.User;

/// <summary>Accounts of the workspace, for whoever administers the machine.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The user name, or the email address" };

    public static Command Create()
    {
        var command = new Command("user", "Make and change accounts of the workspace")
        {
            Add(),
            Change("reset", "Print a link that sets a new password", ResetAsync),
            Change(
                "allow",
                "Let somebody who registered have packages installed",
                (a, w, p) => SetAsync(a, p, x => x.MayInstall = true)
            ),
            Change(
                "forbid",
                "Let somebody have packages installed no more",
                (a, w, p) => SetAsync(a, p, x => x.MayInstall = false)
            ),
            Change(
                "promote",
                "Make somebody an administrator",
                (a, w, p) => SetAsync(a, p, x => x.IsAdministrator = true)
            ),
            Change(
                "demote",
                "Make an administrator an ordinary person",
                (a, w, p) => SetAsync(a, p, x => x.IsAdministrator = false)
            ),
            Change("delete", "Delete an account and the projects that it owns, for good", DeleteAsync),
        };
        command.SetAction(VersoCommand.ShowHelp);
        return command;
    }

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "The user name" };
        var email = new Argument<string>("EMAIL");
        var administrator = new Option<bool>("--administrator") { Description = "Make the person an administrator" };
        var command = new Command("add", "Make an account, and print the link that sets its password")
        {
            name,
            email,
            administrator,
        };
        command.RunsServer(
            (arguments, cancellationToken) =>
                WithServicesAsync(
                    arguments,
                    async services =>
                    {
                        var work = services.GetRequiredService<AccountWork>();
                        var (account, fault) = await work.AddAsync(
                            arguments.GetValue(name)!,
                            arguments.GetValue(email)!,
                            null,
                            trusted: true,
                            arguments.GetValue(administrator)
                        );
                        if (account is null)
                            throw new UsageException(fault!);
                        Output.Data.Line(Address(services) + await work.ResetPathAsync(account));
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Change(
        string verb,
        string description,
        Func<Account, AccountWork, IServiceProvider, Task> change
    )
    {
        var command = new Command(verb, description) { Name };
        command.RunsServer(
            (arguments, cancellationToken) =>
                WithServicesAsync(
                    arguments,
                    async services =>
                    {
                        var work = services.GetRequiredService<AccountWork>();
                        var account =
                            await work.FindAsync(arguments.GetValue(Name)!)
                            ?? throw new UsageException($"There is no account '{arguments.GetValue(Name)}'.");
                        await change(account, work, services);
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task ResetAsync(Account account, AccountWork work, IServiceProvider services) =>
        Output.Data.Line(Address(services) + await work.ResetPathAsync(account));

    private static Task DeleteAsync(Account account, AccountWork work, IServiceProvider services) =>
        work.DeleteAsync(account, CancellationToken.None);

    private static async Task SetAsync(Account account, IServiceProvider services, Action<Account> change)
    {
        change(account);
        var result = await services.GetRequiredService<UserManager<Account>>().UpdateAsync(account);
        if (!result.Succeeded)
            throw new UsageException($"Nothing was changed: {AccountWork.Sentence(result)}");
    }

    private static string Address(IServiceProvider services)
    {
        var web = services.GetRequiredService<WebOptions>();
        return (web.PublicUrl.Length > 0 ? web.PublicUrl : web.Listen).TrimEnd('/');
    }

    private static async Task<int> WithServicesAsync(
        ParseResult arguments,
        Func<IServiceProvider, Task> work,
        CancellationToken cancellationToken
    )
    {
        await using var app = ServerHost.Create(
            ServerSetup.Load(arguments),
            new HashSet<ServerRole> { ServerRole.Web }
        );
        await ServerSetup.PrepareDatabaseAsync(app.Services, cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
        return ExitCodes.Success;
    }
}
