using Microsoft.AspNetCore.Builder;

namespace Verso.Server.Client;

public static class ClientFeature
{
    /// <summary>Where <c>./verso</c> builds the client to.</summary>
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Serves the client; to be called before routing, since its files need nobody's permission.</summary>
    public static void UseClient(this WebApplication app)
    {
        app.UseMiddleware<ClientFiles>(Directory);
        app.UseMiddleware<PreviewScript>();
    }
}
