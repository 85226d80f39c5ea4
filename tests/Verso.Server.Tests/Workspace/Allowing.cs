using Microsoft.EntityFrameworkCore;

namespace Verso.Server.Tests.Workspace;

internal static class Allowing
{
    /// <summary>Does something while the account may install, whatever it may before and after.</summary>
    public static async Task AllowAsync(this WorkspaceServer server, Person person, Func<Task> work)
    {
        var before = await server.WithContextAsync(context =>
            context.Users.Where(account => account.Id == person.Id).Select(account => account.MayInstall).SingleAsync()
        );
        await SetAsync(true);
        await work();
        await SetAsync(before);

        Task SetAsync(bool mayInstall) =>
            server.WithContextAsync(context =>
                context
                    .Users.Where(account => account.Id == person.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(account => account.MayInstall, mayInstall))
            );
    }
}
