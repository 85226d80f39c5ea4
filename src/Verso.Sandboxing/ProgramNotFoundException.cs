namespace Verso.Sandboxing;

/// <summary>A program that Verso needs is not installed. The message names it.</summary>
public sealed class ProgramNotFoundException(string fileName)
    : Exception(
        fileName.Contains('/')
            ? $"There is no program at {fileName}."
            : $"The program '{fileName}' was not found on PATH; install it and try again."
    )
{
    public string FileName { get; } = fileName;
}
