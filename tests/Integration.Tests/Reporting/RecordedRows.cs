namespace Hpo.Integration.Tests.Reporting;

/// <summary>The rows that optuna-dashboard wrote.</summary>
internal static class RecordedRows
{
    /// <summary>The rows of both tables of system attributes, as JSON.</summary>
    public static string Text { get; } = Load();

    private static string Load()
    {
        using Stream stream = typeof(RecordedRows).Assembly.GetManifestResourceStream("optuna-dashboard-0.20.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
