namespace Verso.Environments.Resolving;

/// <summary>Something about requirements or packages is not plain, whatever it is: pip has the last word, and says it better.</summary>
internal sealed class OnlyPipCanTellException() : Exception("Only pip can tell.");
