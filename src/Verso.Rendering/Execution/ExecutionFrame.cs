namespace Verso.Rendering.Execution;

public sealed record ExecutionFrame(int Cell, int Line);
