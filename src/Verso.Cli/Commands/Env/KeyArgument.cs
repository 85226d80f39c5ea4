using System.CommandLine;
using Verso.Environments.Store;

namespace Verso.Cli.Commands.Env;

/// <summary>The environments that a command is about, named by the beginnings of their keys.</summary>
internal static class KeyArgument
{
    private const string Description = "An environment's key, or the start of it";

    public static Argument<string> One() => new("KEY") { Description = Description };

    public static Argument<string[]> Several() =>
        new("KEY") { Description = Description, Arity = ArgumentArity.OneOrMore };

    /// <exception cref="UsageException">No environment has such a key, or several have.</exception>
    public static (PythonEnvironment Environment, DateTimeOffset LastUsed) Find(EnvironmentStore store, string key)
    {
        var found = store.List().Where(entry => entry.Environment.Key.StartsWith(key)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new UsageException(
                $"There is no environment whose key starts with '{key}'; see 'verso env list'."
            ),
            _ => throw new UsageException($"{found.Count} environments' keys start with '{key}'; give more of it."),
        };
    }
}
