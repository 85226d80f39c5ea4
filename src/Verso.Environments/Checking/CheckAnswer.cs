namespace Verso.Environments.Checking;

/// <summary>What <c>check_environment.py</c> prints.</summary>
/// <param name="Misfits">By the name of a package that hides the base's, those of the base that were made for the hidden one.</param>
internal sealed record CheckAnswer(
    IReadOnlyList<CheckAnswer.Failure> Failed,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Misfits
)
{
    internal sealed record Failure(string Package, string Module, string Error, string Message);
}
