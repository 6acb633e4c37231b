using System.CommandLine;
using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Saving;
using nietras.SeparatedValues;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Predicts the rows of a table with a saved model.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        Option<FileInfo> model = new("--model") { Description = "The file that 'results --save' wrote", HelpName = "file", Required = true };
        Option<string> data = new("--data") { Description = "The table: CSV (also .gz) or Parquet, with the model's columns in any order", HelpName = "file", Required = true };
        Option<string?> destination = new("--out") { Description = "Write the predictions to this CSV file [default: standard output]", HelpName = "file" };
        Option<string[]> keep = new("--keep") { Description = "Columns of the table to write before the predictions, for example its keys", HelpName = "columns", AllowMultipleArgumentsPerToken = true };
        var form = new TableFormOptions();
        var command = new Command("predict", "Predict the rows of a table with a saved model") { model, data, destination, keep };
        form.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            string? file = parsed.GetValue(destination);
            if (file is not null) AtomicFile.CheckWritable(file);
            var output = CommandOutput.Of(parsed);
            SavedTable saved = TableModelFile.Load(parsed.GetValue(model)!.FullName);
            TableReadOptions options = form.Read(parsed);
            string source = parsed.GetValue(data)!;
            Table table = saved.Read(source, options);
            foreach (string note in table.Notes.Concat(saved.UnknownLevels(table))) output.Messages.Profile.Out.Writer.WriteLine($"note: {note}");
            string[] kept = [.. (parsed.GetValue(keep) ?? []).Distinct()];
            Table? keys = kept.Length == 0 ? null : TableReader.Read(source, options with { Kinds = kept.ToDictionary(name => name, _ => ColumnKind.Text) });
            string text = Text(saved, table.RowCount, saved.Predict(table), keys, kept);
            if (file is null) parsed.InvocationConfiguration.Output.Write(text);
            else AtomicFile.WriteText(file, text);
            return Task.FromResult(WorkerExitCode.Success);
        });
        return command;
    }

    private static string Text(SavedTable saved, int rowCount, TablePredictions predictions, Table? keys, string[] kept)
    {
        using SepWriter writer = Sep.New(',').Writer(options => options with { Escape = true }).ToText();
        IReadOnlyList<string> classes = saved.Target.Classes;
        for (int row = 0; row < rowCount; row++)
        {
            using SepWriter.Row line = writer.NewRow();
            foreach (string name in kept) line[name].Set(((TextColumn)keys!.Find(name)!).Values[row] ?? "");
            if (classes.Count == 0)
            {
                line["prediction"].Set(Number(predictions.Values[row]));
                continue;
            }

            line["prediction"].Set(classes[predictions.Class(row)]);
            foreach ((int label, string name) in classes.Index()) line[$"probability_{name}"].Set(Number(predictions.Row(row)[label]));
        }

        return writer.ToString();
    }

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
}
