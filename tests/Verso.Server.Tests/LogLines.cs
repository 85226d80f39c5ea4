using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Verso.Server.Tests;

/// <summary>What a server says in its log.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Said { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Said.Enqueue(formatter(state, exception));

    public void Dispose() { }
}
