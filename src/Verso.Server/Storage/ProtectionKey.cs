namespace Verso.Server.Storage;

/// <summary>A key of ASP.NET's data protection: cookies of one replica hold at the others.</summary>
public sealed class ProtectionKey
{
    public int Id { get; init; }

    public required string Name { get; init; }

    public required string Xml { get; init; }
}
