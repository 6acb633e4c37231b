using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables;

namespace Hpo.NativeTrainer.Tests.Tables;

public sealed class TableSplitsTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 103)];
    private static readonly int[] Strata = [.. Rows.Select(row => row % 10 == 0 ? 1 : 0)];
    private static readonly int[] Groups = [.. Rows.Select(row => row / 7)];
    private static readonly double[] Order = [.. Rows.Select(row => (double)(row * 37 % 103))];

    [Fact]
    public void Every_row_is_validated_once_and_every_class_has_its_share()
    {
        IReadOnlyList<Fold> folds = new TableSplits(Strata, null, null, 0).Folds(Rows, 5);

        folds.SelectMany(fold => fold.Validation).Should().BeEquivalentTo(Rows);
        foreach (Fold fold in folds)
        {
            fold.Train.Concat(fold.Validation).Should().BeEquivalentTo(Rows);
            fold.Validation.Length.Should().BeInRange(20, 21);
            fold.Validation.Count(row => Strata[row] == 1).Should().BeInRange(2, 3);
        }
    }

    [Fact]
    public void Rows_set_aside_are_rounded_up_and_every_class_has_its_share()
    {
        Fold fold = new TableSplits(Strata, null, null, 0).SetAside(Rows, 0.2);

        fold.Validation.Should().HaveCount(21);
        fold.Validation.Count(row => Strata[row] == 1).Should().BeInRange(2, 3);
        fold.Train.Concat(fold.Validation).Should().BeEquivalentTo(Rows);
    }

    [Fact]
    public void The_same_seed_parts_alike_and_another_does_not()
    {
        int[] Aside(ulong seed) => new TableSplits(Strata, null, null, seed).SetAside(Rows, 0.2).Validation;

        Aside(3).Should().Equal(Aside(3));
        Aside(3).Should().NotEqual(Aside(4));
    }

    [Fact]
    public void A_group_is_never_on_both_sides()
    {
        var splits = new TableSplits(Strata, Groups, null, 0);

        foreach (Fold fold in splits.Folds(Rows, 5).Append(splits.SetAside(Rows, 0.2)))
        {
            fold.Train.Select(row => Groups[row]).Should().NotIntersectWith(fold.Validation.Select(row => Groups[row]));
            fold.Validation.Length.Should().BeInRange(14, 28);
        }

        splits.Folds(Rows, 5).SelectMany(fold => fold.Validation).Should().BeEquivalentTo(Rows);
    }

    [Fact]
    public void In_order_of_time_nothing_is_scored_on_rows_before_those_that_it_is_trained_on()
    {
        var splits = new TableSplits(null, null, Order, 0);

        foreach (Fold fold in splits.Folds(Rows, 4).Append(splits.SetAside(Rows, 0.25)))
            fold.Train.Max(row => Order[row]).Should().BeLessThan(fold.Validation.Min(row => Order[row]));
        splits.SetAside(Rows, 0.25).Validation.Should().HaveCount(26);
        splits.Folds(Rows, 4).Select(fold => fold.Validation.Length).Should().AllBeEquivalentTo(20);
    }

    [Fact]
    public void Too_few_rows_or_groups_are_told()
    {
        int[] few = [0, 1, 2];

        FluentActions.Invoking(() => new TableSplits(null, null, null, 0).Folds(few, 5)).Should().Throw<ArgumentException>().WithMessage("3 rows are too few for 5 folds*");
        FluentActions.Invoking(() => new TableSplits(null, Groups, null, 0).Folds(Rows[..7], 2)).Should().Throw<ArgumentException>().WithMessage("7 rows in 1 groups are too few for 2 folds*");
        FluentActions.Invoking(() => new TableSplits(null, null, Order, 0).Folds(few, 5)).Should().Throw<ArgumentException>().WithMessage("3 rows are too few for 5 folds in order*");
        FluentActions.Invoking(() => new TableSplits(null, null, null, 0).SetAside([0], 0.2)).Should().Throw<ArgumentException>().WithMessage("One of two parts of 1 rows would be empty*");
    }
}
