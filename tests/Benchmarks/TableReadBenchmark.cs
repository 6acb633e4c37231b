using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>A CSV file of a million rows read into typed columns: the reader of tables against pandas.read_csv, in turn.</summary>
internal static class TableReadBenchmark
{
    public static Command Create()
    {
        Option<int> rounds = PositiveOption.Create("--rounds", "Rounds to run", 3);
        Option<int> rows = PositiveOption.Create("--rows", "Rows of the file", 1_000_000);
        Option<int> reads = PositiveOption.Create("--reads", "Times that each process reads the file", 4);
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        var command = new Command("table-read", "CSV into typed columns, against pandas.read_csv") { rounds, rows, reads, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new TableReadReport(parsed.GetValue(json) ? Console.Error : Console.Out);
            string folder = Directory.CreateTempSubdirectory("hpo-bench-").FullName;
            try
            {
                foreach (TableShape shape in Enum.GetValues<TableShape>())
                {
                    string file = Path.Combine(folder, $"{shape}.csv");
                    TableFileWriter.Write(file, shape, parsed.GetValue(rows));
                    for (int round = 0; round < parsed.GetValue(rounds); round++)
                        report.Add(await RunAsync(shape, file, parsed.GetValue(reads), cancellation));
                    File.Delete(file);
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            report.WriteSummary();
            if (parsed.GetValue(json)) Console.Out.WriteLine(report.ToJson());
        });
        return command;
    }

    private static async Task<TableReadOutcome> RunAsync(
        TableShape shape, string file, int reads, CancellationToken cancellation)
    {
        string count = reads.ToString(CultureInfo.InvariantCulture);
        TableReadSide native = await SideAsync(
            Environment.ProcessPath!, [TableReadNative.CommandName, file, "--reads", count], cancellation);
        TableReadSide? pandas = null;
        string python = PythonLocator.Find().Executable;
        (string found, _) = await TimedProcess.RunAsync(
            python, ["-c", "import importlib.util; print(importlib.util.find_spec('pandas') is not None)"], cancellation);
        if (found.Trim() == "True")
        {
            string script = Path.Combine(AppContext.BaseDirectory, "python", "table_read.py");
            pandas = await SideAsync(python, [script, file, count], cancellation);
        }
        return new TableReadOutcome(shape, new FileInfo(file).Length, native, pandas);
    }

    private static async Task<TableReadSide> SideAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        (string output, _) = await TimedProcess.RunAsync(program, arguments, cancellation);
        return JsonSerializer.Deserialize<TableReadSide>(output, TableReadReport.JsonFormat)!;
    }
}
