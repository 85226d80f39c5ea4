using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Remote;

/// <summary>Compiles by calling services on other machines.</summary>
internal sealed class RemoteCompileService(CompileEndpoints endpoints) : ICompileService
{
    private const string NoneAnswers =
        "No compile service answers; whoever runs this server finds them in Compile:Endpoints.";

    public async Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        CompileResult? unavailable = null;
        foreach (var endpoint in endpoints.For(target))
            try
            {
                using var answer = await endpoints.Http.PostAsJsonAsync(
                    CompileEndpoints.At(endpoint, target, "/compile"),
                    new CompileRequestBody(request),
                    ClsiJson.Default.CompileRequestBody,
                    cancellationToken
                );
                var result = await ReadAsync(answer, endpoint, cancellationToken);
                // One that has too much to do keeps its projects; one that is being stopped does not.
                if (
                    result.Status != CompileStatus.Unavailable
                    || await endpoints.IsWellAsync(endpoint, cancellationToken)
                )
                    return result;
                unavailable = result;
            }
            catch (HttpRequestException)
            {
                // It is gone, perhaps in the middle; a compile can be done again, elsewhere.
                endpoints.FoundUnwell(endpoint);
            }
        return unavailable ?? new CompileResult(CompileStatus.Unavailable, NoneAnswers);
    }

    public async Task<EnvironmentAnswer> EnvironmentAsync(
        CompileTarget target,
        EnvironmentWish wish,
        CancellationToken cancellationToken
    )
    {
        foreach (var endpoint in endpoints.For(target))
            try
            {
                using var answer = await endpoints.Http.PostAsJsonAsync(
                    CompileEndpoints.At(endpoint, CompileTarget.Of(target.Project, null), "/environment"),
                    wish,
                    ClsiJson.Default.EnvironmentWish,
                    cancellationToken
                );
                return answer.IsSuccessStatusCode
                    ? (await answer.Content.ReadFromJsonAsync(ClsiJson.Default.EnvironmentAnswer, cancellationToken))!
                    : new EnvironmentAnswer { Fault = Refusal(answer, endpoint) };
            }
            catch (HttpRequestException)
            {
                endpoints.FoundUnwell(endpoint);
            }
        return new EnvironmentAnswer { Fault = NoneAnswers };
    }

    // A project may have moved while it was compiled, so all are told.
    public Task StopAsync(CompileTarget target, CancellationToken cancellationToken) =>
        TellAllAsync(target, HttpMethod.Post, "/compile/stop", cancellationToken);

    public Task ClearAsync(CompileTarget target, CancellationToken cancellationToken) =>
        TellAllAsync(target, HttpMethod.Delete, "", cancellationToken);

    public async Task<OutputContent?> OpenOutputAsync(
        CompileTarget target,
        string buildId,
        string path,
        CancellationToken cancellationToken
    )
    {
        var address = $"/build/{Uri.EscapeDataString(buildId)}/output/{OutputFile.Escape(path)}";
        if (ResourcePath.Fault(path) is not null)
            return null;
        foreach (var endpoint in endpoints.For(target))
            try
            {
                var answer = await endpoints.Http.GetAsync(
                    CompileEndpoints.At(endpoint, target, address),
                    HttpCompletionOption.ResponseHeadersRead,
                    cancellationToken
                );
                if (answer.IsSuccessStatusCode)
                    return new OutputContent(
                        await answer.Content.ReadAsStreamAsync(cancellationToken),
                        answer.Content.Headers.ContentType?.ToString() ?? "application/octet-stream"
                    );
                answer.Dispose();
            }
            catch (HttpRequestException)
            {
                endpoints.FoundUnwell(endpoint);
            }
        return null;
    }

    public IAsyncEnumerable<CompileEvent> WatchAsync(CompileTarget target, CancellationToken cancellationToken) =>
        new RemoteEvents(endpoints).WatchAsync(target, cancellationToken);

    private async Task TellAllAsync(
        CompileTarget target,
        HttpMethod method,
        string path,
        CancellationToken cancellationToken
    )
    {
        var refusals = await Task.WhenAll(
            endpoints.For(target).Select(endpoint => TellAsync(endpoint, target, method, path, cancellationToken))
        );
        if (Array.Find(refusals, refusal => refusal is not null) is { } first)
            throw new CompileServiceException(first);
    }

    private async Task<string?> TellAsync(
        Uri endpoint,
        CompileTarget target,
        HttpMethod method,
        string path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var message = new HttpRequestMessage(method, CompileEndpoints.At(endpoint, target, path));
            using var answer = await endpoints.Http.SendAsync(message, cancellationToken);
            return answer.IsSuccessStatusCode ? null : Refusal(answer, endpoint);
        }
        catch (HttpRequestException)
        {
            endpoints.FoundUnwell(endpoint);
            return null; // what is gone runs nothing
        }
    }

    private static async Task<CompileResult> ReadAsync(
        HttpResponseMessage answer,
        Uri endpoint,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var body = await answer.Content.ReadFromJsonAsync(ClsiJson.Default.CompileResultBody, cancellationToken);
            return body!.Compile with { IsRefused = answer.StatusCode == HttpStatusCode.BadRequest };
        }
        catch (JsonException) // that of something else, such as a wrong key's
        {
            return new CompileResult(CompileStatus.Error, Refusal(answer, endpoint));
        }
    }

    private static string Refusal(HttpResponseMessage answer, Uri endpoint) =>
        $"The compile service at {endpoint} answered {(int)answer.StatusCode} {answer.ReasonPhrase}.";
}
