using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Hpo.Tests.MariaDbServer))]

namespace Hpo.Interop.Tests;

/// <summary>Starts Python once for all tests, with Optuna's log kept in memory instead of on standard error.</summary>
internal static class TestRuntime
{
    public static readonly RecordingLoggerFactory Log = new();

    [ModuleInitializer]
    internal static void Start() => OptunaRuntime.Start(new OptunaRuntimeOptions { LoggerFactory = Log });
}

/// <summary>One log record.</summary>
internal sealed record LogRecord(string Category, LogLevel Level, string Message);

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLoggerFactory : ILoggerFactory
{
    public ConcurrentQueue<LogRecord> Records { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, Records);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<LogRecord> records) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            records.Enqueue(new LogRecord(category, logLevel, formatter(state, exception)));
    }
}
