using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class ByteDatasetTests
{
    [Fact]
    public void Shapes_that_disagree_are_refused() =>
        FluentActions.Invoking(() => new ByteDataset([1, 2, 3], [0, 1], 2, 2))
            .Should().Throw<ArgumentException>().WithMessage("*need 4 values*there are 3*");

    [Fact]
    public void A_label_outside_its_range_is_refused_with_its_row() =>
        FluentActions.Invoking(() => new ByteDataset([1, 2, 3, 4], [0, 2], 2, 2))
            .Should().Throw<ArgumentException>().WithMessage("Row 1 has the label 2*");

    [Fact]
    public void Changing_the_arrays_it_was_made_from_does_not_change_it()
    {
        byte[] rows = [1, 2, 3, 4];
        var data = new ByteDataset(rows, [0, 1], 2, 2);

        rows[0] = 9;

        data.Row(0)[0].Should().Be(1);
        data.Column(0)[0].Should().Be(1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_row_that_does_not_exist_is_refused(int row)
    {
        var data = new ByteDataset([1, 2, 3, 4], [0, 1], 2, 2);

        FluentActions.Invoking(() => data.CheckRows([0, row])).Should().Throw<ArgumentException>().WithMessage($"Row {row} *");
    }
}
