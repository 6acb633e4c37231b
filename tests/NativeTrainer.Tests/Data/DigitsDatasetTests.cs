using System.IO.Compression;
using System.Text;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class DigitsDatasetTests
{
    [Fact]
    public void The_shipped_data_set_has_the_published_shape_and_class_counts()
    {
        ByteDataset digits = DigitsDataset.Load();

        (digits.RowCount, digits.FeatureCount, digits.ClassCount, digits.ValueCount).Should().Be((1797, 64, 10, 17));
        digits.Labels.ToArray().GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.Count())
            .Should().Equal(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    [Fact]
    public void Columns_hold_the_same_values_as_rows()
    {
        ByteDataset digits = DigitsDataset.Load();

        digits.Row(0)[..8].ToArray().Should().Equal(0, 0, 5, 13, 9, 1, 0, 0);
        for (int row = 0; row < digits.RowCount; row++)
            for (int feature = 0; feature < digits.FeatureCount; feature++)
                if (digits.Row(row)[feature] != digits.Column(feature)[row])
                    Assert.Fail($"Row {row}, feature {feature}: the two views differ.");
    }

    [Fact]
    public void A_changed_value_is_noticed_by_its_checksum()
    {
        using MemoryStream changed = Gzip(ShippedCsv().Replace("0,0,5,13,9", "0,0,5,12,9", StringComparison.Ordinal));

        FluentActions.Invoking(() => DigitsDataset.Read(changed))
            .Should().Throw<InvalidDataException>().WithMessage("*SHA-256*changed*");
    }

    [Theory]
    [InlineData("0,0,5,13,9", "0,0,5,17,9", "Row 1 *field 4*")]
    [InlineData("0,0,5,13,9", "0,0,5,x,9", "Row 1 *field 4*")]
    [InlineData("0,0,5,13,9", "0,0,13,9", "Row 1 *64 fields instead of 65*")]
    public void A_wrong_field_is_named(string original, string replacement, string message)
    {
        using MemoryStream wrong = Gzip(ShippedCsv().Replace(original, replacement, StringComparison.Ordinal));

        FluentActions.Invoking(() => DigitsDataset.Read(wrong)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void A_short_file_is_refused_with_its_number_of_rows()
    {
        string csv = ShippedCsv();
        using MemoryStream cut = Gzip(csv[..(csv.IndexOf('\n', StringComparison.Ordinal) + 1)]);

        FluentActions.Invoking(() => DigitsDataset.Read(cut))
            .Should().Throw<InvalidDataException>().WithMessage("*1 rows instead of 1797*");
    }

    [Fact]
    public void A_file_that_is_not_gzip_is_refused()
    {
        using var text = new MemoryStream(Encoding.ASCII.GetBytes("0,1,2\n"));

        FluentActions.Invoking(() => DigitsDataset.Read(text)).Should().Throw<InvalidDataException>().WithMessage("*gzip*");
    }

    private static string ShippedCsv()
    {
        ByteDataset digits = DigitsDataset.Load();
        var csv = new StringBuilder();
        for (int row = 0; row < digits.RowCount; row++)
            csv.AppendJoin(',', digits.Row(row).ToArray()).Append(',').Append(digits.Labels[row]).Append('\n');

        return csv.ToString();
    }

    private static MemoryStream Gzip(string text)
    {
        var result = new MemoryStream();
        using (var compressor = new GZipStream(result, CompressionLevel.Fastest, leaveOpen: true))
            compressor.Write(Encoding.ASCII.GetBytes(text));

        result.Position = 0;
        return result;
    }
}
