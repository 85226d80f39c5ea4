namespace Verso.Server.Tests.Workspace.Access;

/// <summary><c>access.tsv</c>: every endpoint and what it answers to whom.</summary>
internal static class AccessTable
{
    private static readonly string[][] Lines =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "access.tsv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t')),
    ];

    public static IReadOnlyList<string> Callers => Lines[0][3..];

    public static IEnumerable<Row> Rows =>
        Lines[1..]
            .Select(cells => new Row(
                cells[0],
                cells[1],
                cells[2],
                Callers.Zip(cells[3..], (caller, status) => (caller, int.Parse(status))).ToDictionary()
            ));

    internal sealed record Row(string Method, string Path, string Body, IReadOnlyDictionary<string, int> Expected)
    {
        public string Endpoint => $"{Method} {Path}";
    }
}
