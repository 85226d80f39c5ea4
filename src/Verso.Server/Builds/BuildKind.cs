namespace Verso.Server.Builds;

public enum BuildKind
{
    Compile = 1,
    Export = 2,
    Publish = 3,
}
