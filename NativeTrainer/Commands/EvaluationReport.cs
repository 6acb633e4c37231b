using System.Globalization;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Evaluation;
using Hpo.NativeTrainer.Torch;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>An evaluation for people: the accuracy, that of each class, and what was taken for what.</summary>
internal static class EvaluationReport
{
    // A column for each class fits a terminal up to here.
    private const int MaxColumns = 12;

    public static void Write(IAnsiConsole console, EvaluationResult result, IReadOnlyList<string> classNames)
    {
        console.Write(classNames.Count <= MaxColumns
            ? ConfusionTable(result.Confusion, classNames)
            : ListOfClasses(result.Confusion, classNames));
        console.WriteLine($"test accuracy: {Texts.Value(result.Accuracy)}, loss {Texts.Value(result.Loss)}");
    }

    // The columns are headed by numbers, which precede the names: so the table fits a terminal of 80 columns.
    private static Table ConfusionTable(ConfusionMatrix confusion, IReadOnlyList<string> classNames)
    {
        Table table = new Table()
            .Border(TableBorder.Simple)
            .Title("test images by true class (rows) and predicted class (columns)")
            .AddColumn(new TableColumn("class").NoWrap())
            .AddColumn(new TableColumn("accuracy").RightAligned().NoWrap());
        for (int label = 0; label < classNames.Count; label++)
            table.AddColumn(new TableColumn(Number(label)).RightAligned().NoWrap().PadLeft(0).PadRight(1));
        for (int actual = 0; actual < classNames.Count; actual++)
        {
            table.AddRow(
            [
                Markup.Escape($"{Number(actual)} {classNames[actual]}"),
                Share(confusion.ClassAccuracy(actual)),
                .. Enumerable.Range(0, classNames.Count).Select(predicted => Number(confusion[actual, predicted])),
            ]);
        }
        return table;
    }

    private static Table ListOfClasses(ConfusionMatrix confusion, IReadOnlyList<string> classNames)
    {
        Table table = new Table()
            .Border(TableBorder.Simple)
            .Title("test images by true class, and what most of the others were taken for")
            .AddColumn(new TableColumn("class"))
            .AddColumn(new TableColumn("images").RightAligned().NoWrap())
            .AddColumn(new TableColumn("accuracy").RightAligned().NoWrap())
            .AddColumn(new TableColumn("taken for"));
        int[] labels = [.. Enumerable.Range(0, classNames.Count)];
        foreach (int actual in labels)
        {
            int other = labels.Where(label => label != actual).MaxBy(label => confusion[actual, label]);
            long mistaken = confusion[actual, other];
            table.AddRow(
                Markup.Escape(classNames[actual]),
                Number(labels.Sum(predicted => confusion[actual, predicted])),
                Share(confusion.ClassAccuracy(actual)),
                mistaken == 0 ? "" : Markup.Escape($"{classNames[other]} ({Number(mistaken)})"));
        }
        return table;
    }

    private static string Share(double share) => double.IsNaN(share) ? "-" : share.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
