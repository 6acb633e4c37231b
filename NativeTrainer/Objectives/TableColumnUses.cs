using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>Whether the options' uses of columns go together.</summary>
internal static class TableColumnUses
{
    /// <exception cref="UserError">Two options say of one column what cannot both hold.</exception>
    public static void Check(TableOptions options)
    {
        if (options is { Group: not null, Order: not null })
            throw new UserError("--group and --order exclude each other: the rows of a group would be on both sides of a time. Give one of them.");
        (string Option, IReadOnlyList<string> Columns) target = ("--target", [options.Target]);
        (string Option, IReadOnlyList<string> Columns) group = ("--group", options.Group is { } one ? [one] : []);
        (string Option, IReadOnlyList<string> Columns) order = ("--order", options.Order is { } other ? [other] : []);
        (string Option, IReadOnlyList<string> Columns) ignored = ("--ignore", options.Ignore ?? []);
        (string Option, IReadOnlyList<string> Columns) categories = ("--categorical", options.Categorical ?? []);
        (string Option, IReadOnlyList<string> Columns) texts = ("--text", options.Text ?? []);
        foreach (((string Option, IReadOnlyList<string> Columns) left, (string Option, IReadOnlyList<string> Columns) right) in
                 new[] { (target, group), (target, order), (target, ignored), (group, ignored), (order, ignored), (categories, ignored), (texts, ignored), (categories, texts) })
        {
            if (left.Columns.Intersect(right.Columns).FirstOrDefault() is { } column)
                throw new UserError($"{left.Option} and {right.Option} both name the column '{column}', and exclude each other: give it to one of them.");
        }
    }
}
