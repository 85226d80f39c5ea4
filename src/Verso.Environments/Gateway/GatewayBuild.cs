using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;

namespace Verso.Environments.Gateway;

/// <summary>
/// One build's access to the gateway, until it is disposed. A page stays as the build saw it first, so that what was
/// resolved is what is installed.
/// </summary>
public sealed partial class GatewayBuild : IDisposable
{
    private readonly ByteBudget _budget;
    private readonly FileStore _files;
    private readonly ILogger _logger;
    private readonly Action<GatewayBuild> _closed;
    private readonly CancellationTokenSource _closing = new();
    private readonly GatewayRemarks _remarks = new();

    internal GatewayBuild(
        BuildTicket ticket,
        ByteBudget budget,
        Catalogue catalogue,
        FileStore files,
        ILogger logger,
        Action<GatewayBuild> closed
    )
    {
        (Ticket, _budget, _files, _logger, _closed) = (ticket, budget, files, logger, closed);
        Pages = new BuildPages(catalogue, ticket, Closing);
    }

    /// <summary>Names the build in the log; it opens nothing.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>The first segment of each path that this build may ask: <c>/&lt;token&gt;/simple/</c>.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Sentences on what was hidden, refused or not to be had, in order.</summary>
    public IReadOnlyList<string> Remarks => [.. _remarks.All.Select(remark => remark.Sentence)];

    internal GatewayRemark? LastRemark => _remarks.All.LastOrDefault();

    internal BuildTicket Ticket { get; }

    /// <summary>To look at a page without a remark: a failure is explained with what was remarked last.</summary>
    internal BuildPages Pages { get; }

    internal CancellationToken Closing => _closing.Token;

    public void Dispose()
    {
        _closed(this);
        _closing.Cancel();
    }

    /// <summary>Opens the file that a pin names, wherever it is now, also where its version has been yanked since.</summary>
    /// <returns>Its content, whose hash has been verified.</returns>
    /// <exception cref="GatewayException">It is refused, or not to be had; the message says why, and is remarked.</exception>
    /// <exception cref="IOException">The store cannot be used.</exception>
    internal async Task<FileStream> OpenAsync(Pin pin, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Closing);
        try
        {
            await FindAsync(PackageName.Normalize(pin.Name), ending.Token);
            var file =
                Pages.FindFile(pin.Sha256, pin.FileName)
                ?? throw new GatewayException(
                    $"{pin.FileName}, as {pin.Name} {pin.Version} was resolved, is not offered any more.",
                    statusCode: 404
                );
            return await OpenAsync(file, isServed: true, ending.Token);
        }
        catch (GatewayException e)
        {
            Refuse(e.Message, e.PassesOver);
            throw;
        }
    }

    /// <returns>The project's files that this build may see; null when nobody knows it.</returns>
    /// <exception cref="GatewayException">They are refused, or not to be had.</exception>
    internal async Task<IReadOnlyList<IndexFile>?> FindAsync(string project, CancellationToken cancellationToken)
    {
        var page = await Pages.FindAsync(project, cancellationToken);
        foreach (var sentence in page.Remarks)
            _remarks.Add(new GatewayRemark(sentence, IsTransient: false));
        return page.Files;
    }

    /// <param name="isServed">Whether the content is passed on, and so recorded, or only looked at.</param>
    /// <exception cref="GatewayException">It is not to be had.</exception>
    internal async Task<FileStream> OpenAsync(IndexFile file, bool isServed, CancellationToken cancellationToken)
    {
        var (content, source) = await _files.OpenAsync(file, _budget, cancellationToken);
        if (isServed)
            Record(file, content.Length, source);
        return content;
    }

    /// <returns>A wheel's METADATA, and for it as little as can be; the wheel itself only where there is no other way.</returns>
    /// <exception cref="GatewayException">It is not to be had.</exception>
    internal async Task<byte[]> ReadMetadataAsync(IndexFile wheel, CancellationToken cancellationToken)
    {
        if (await _files.TryReadMetadataAsync(wheel, _budget, cancellationToken) is { } metadata)
            return metadata;
        await using var content = await OpenAsync(wheel, isServed: true, cancellationToken);
        return WheelMetadata.TryRead(content)
            ?? throw new GatewayException(
                $"{wheel.Name.FileName} is no sound wheel: there is no METADATA in it that can be read.",
                statusCode: 404
            );
    }

    /// <returns>A file's size in bytes, if anybody knows it by now.</returns>
    internal long? SizeOf(IndexFile file) => file.Bytes ?? _files.SizeOfKept(file.Sha256!);

    internal void Refuse(string sentence, bool isTransient)
    {
        if (_remarks.Add(new GatewayRemark(sentence, isTransient)))
            Log.Refused(_logger, Id, Ticket.RequirementsKey, sentence);
    }

    private void Record(IndexFile file, long bytes, string source) =>
        Log.Served(
            _logger,
            Id,
            Ticket.RequirementsKey,
            file.Name.Project,
            file.Name.Version,
            file.Sha256!,
            bytes,
            source
        );

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Information,
            "Build {BuildId} of requirements {RequirementsKey} was served {Name} {Version} (sha256 {Sha256}, {Bytes} bytes) from {Source}"
        )]
        public static partial void Served(
            ILogger logger,
            string buildId,
            string requirementsKey,
            string name,
            string version,
            string sha256,
            long bytes,
            string source
        );

        [LoggerMessage(2, LogLevel.Warning, "Build {BuildId} of requirements {RequirementsKey}: {Sentence}")]
        public static partial void Refused(ILogger logger, string buildId, string requirementsKey, string sentence);
    }
}
