namespace Verso.Rendering;

public enum RenderStage
{
    Environment,
    Cells,
    Document,
}

/// <summary>What a render is doing now, for somebody who waits.</summary>
/// <param name="Message">One line.</param>
public sealed record RenderProgress(RenderStage Stage, string Message)
{
    public static RenderProgress Cell(int number, int count, string? label) =>
        new(RenderStage.Cells, label is null ? $"Cell {number}/{count}" : $"Cell {number}/{count}: {label}");
}
