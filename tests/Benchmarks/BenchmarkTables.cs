using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>A public table that comes with a package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="Origin">The package that it comes with, its origin and its licence.</param>
internal sealed record BenchmarkTable(string Name, string Target, string Origin)
{
    /// <summary>The R package's data set, or null for one of scikit-learn's.</summary>
    public bool IsOfR { get; init; }
}

/// <summary>The tables of the benchmark, and how a machine gets them as CSV.</summary>
internal static class BenchmarkTables
{
    private const string RRemedy = "install r-cran-modeldata (Debian), or choose --tables breast_cancer,wine,diabetes,digits";

    public static IReadOnlyList<BenchmarkTable> All { get; } =
    [
        new("breast_cancer", "target", "scikit-learn; UCI Breast Cancer Wisconsin (Diagnostic), CC BY 4.0"),
        new("wine", "target", "scikit-learn; UCI Wine, CC BY 4.0"),
        new("diabetes", "target", "scikit-learn; Efron, Hastie, Johnstone and Tibshirani (2004), in scikit-learn under BSD-3-Clause"),
        new("digits", "target", "scikit-learn; UCI Optical Recognition of Handwritten Digits, CC BY 4.0"),
        new("ames", "Sale_Price", "R package modeldata, MIT; De Cock (2011)") { IsOfR = true },
        new("attrition", "Attrition", "R package modeldata, MIT; IBM's made-up employees") { IsOfR = true },
        new("credit_data", "Status", "R package modeldata, MIT; Gaston Sanchez") { IsOfR = true },
    ];

    /// <summary>Writes tables as CSV files of their names.</summary>
    public static async Task WriteAsync(string folder, IReadOnlyList<BenchmarkTable> tables, string python, CancellationToken cancellation)
    {
        await TimedProcess.RunAsync(python, [Script, "export", folder], cancellation);
        foreach (BenchmarkTable table in tables.Where(table => table.IsOfR))
        {
            string code = $"data({table.Name}, package = 'modeldata'); write.csv({table.Name}, '{Path.Combine(folder, $"{table.Name}.csv")}', row.names = FALSE)";
            try
            {
                await TimedProcess.RunAsync("Rscript", ["-e", code], cancellation);
            }
            catch (Exception error) when (error is System.ComponentModel.Win32Exception or BenchmarkException)
            {
                throw new BenchmarkException($"the table '{table.Name}' cannot be exported by R: {RRemedy}. {error.Message}", WorkerExitCode.Environment);
            }
        }
    }

    public static string Script => Path.Combine(AppContext.BaseDirectory, "python", "table.py");
}
