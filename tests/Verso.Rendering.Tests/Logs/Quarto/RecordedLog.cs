using System.Runtime.CompilerServices;

namespace Verso.Rendering.Tests.Logs.Quarto;

/// <summary>What real runs of Quarto printed, and the documents that they rendered.</summary>
internal static class RecordedLog
{
    private static readonly string Folder = SourceDirectory();

    public static string Cases { get; } = Path.Combine(Folder, "Cases");

    public static string Documents { get; } = Path.Combine(Folder, "Documents");

    /// <param name="file">Such as <c>cv2.stderr.txt</c>.</param>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Cases, file));

    private static string SourceDirectory([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
