namespace Verso.TestHost;

internal sealed class PrintedLog : IProgress<string>
{
    public void Report(string value) => Console.WriteLine($"log {value}");
}
