namespace Verso.Cli.Commands.Doctor;

/// <summary>What <c>doctor</c> prints.</summary>
internal sealed record DoctorReport(bool Ok, IReadOnlyList<Check> Checks);

/// <param name="Message">What is there, or a sentence that says what is missing and what to do.</param>
internal sealed record Check(string Name, bool Ok, string Message);
