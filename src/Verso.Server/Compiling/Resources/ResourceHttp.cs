namespace Verso.Server.Compiling.Resources;

internal static class ResourceHttp
{
    /// <summary>What downloads resources: from the very place that was named, and from no other that it might point to.</summary>
    public static HttpClient NewClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
}
