using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Projects;
using Verso.Server.Projects.Changes;
using Verso.Server.Storage;

namespace Verso.Server.Demo;

/// <summary>An account and projects to look around with.</summary>
public static class DemoContent
{
    public const string UserName = "demo";

    // The last one made stands first.
    private static readonly (string Example, string Name)[] Projects =
    [
        ("deck", "Why the average lies"),
        ("penguins", "Longer bills, shallower bills?"),
    ];

    /// <summary>Puts in what is not there: what people change or delete in it stays changed.</summary>
    /// <returns>The account's password.</returns>
    /// <exception cref="IOException">The password cannot be kept.</exception>
    public static async Task<string> AddAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountWork>();
        var folder = scope.ServiceProvider.GetRequiredService<StorageOptions>().Directory;
        var file = Path.Combine(folder, "demo-password");
        if (await accounts.FindAsync(UserName) is not null && File.Exists(file))
            return await File.ReadAllTextAsync(file, cancellationToken);

        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(file, options))
            await writer.WriteAsync(password);
        var (account, fault) = await accounts.AddAsync(
            UserName,
            "demo@example.org",
            password,
            trusted: true,
            administrator: true
        );
        if (account is null)
            throw new IOException($"The account '{UserName}' could not be made: {fault}");
        var caller = new Caller(account.Id, TokenScopes.All, null, "");
        foreach (var (example, name) in Projects)
            await AddProjectAsync(scope.ServiceProvider, caller, example, name, cancellationToken);
        return password;
    }

    private static async Task AddProjectAsync(
        IServiceProvider services,
        Caller owner,
        string example,
        string name,
        CancellationToken cancellationToken
    )
    {
        var examples = services.GetRequiredService<ExampleProjects>();
        if (!examples.Names.Contains(example))
            return;
        var files = await examples.ReadAsync(example, cancellationToken);
        try
        {
            var first = new ChangeSet($"Created from {example}", files);
            await services.GetRequiredService<NewProjects>().CreateAsync(owner, name, null, first, cancellationToken);
        }
        finally
        {
            files.ForEach(file => file.Content.Dispose());
        }
    }
}
