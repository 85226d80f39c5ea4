using Microsoft.AspNetCore.Builder;

namespace Verso.Server.Web;

internal static class Needs
{
    /// <summary>What the endpoint asks of its caller.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Need need)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeedMetadata(need));

    /// <summary>Bytes of the largest body; 1 MiB where none is given.</summary>
    public static TBuilder WithBody<TBuilder>(this TBuilder endpoint, long bytes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BodyLimit(bytes));
}

internal sealed record NeedMetadata(Need Need);

internal sealed record BodyLimit(long Bytes);
