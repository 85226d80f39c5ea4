namespace Verso.Environments.Wheels;

/// <summary>A wheel that is wanted, and where to get it if the store lacks it.</summary>
/// <param name="Sha256">In lower-case hexadecimal; what is opened is refused if it is anything else.</param>
internal sealed record WheelSource(string FileName, string Sha256, Func<CancellationToken, Task<Stream>> OpenAsync);
