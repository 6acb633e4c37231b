using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class ImageDatasetTests
{
    private static readonly ImageDataset Three = ImageDataset.From(
        new IdxFile([3, 1, 2], [0, 51, 102, 153, 204, 255]), new IdxFile([3], [0, 1, 1]), ["odd", "even"]);

    [Fact]
    public void Brightness_is_scaled_to_the_unit_interval() =>
        Three.Pixels.Should().Equal(0f, 51 / 255f, 102 / 255f, 153 / 255f, 204 / 255f, 1f);

    [Fact]
    public void Many_pixels_are_scaled_like_few()
    {
        var values = new byte[(3 << 20) + 17];
        new Random(1).NextBytes(values);

        ImageDataset.Scale(values).Should().Equal(values.Select(value => value / 255f));
    }

    [Fact]
    public void Selected_images_come_in_the_order_of_the_indices()
    {
        ImageDataset selected = Three.Select([2, 0, 2]);

        selected.Pixels.Should().Equal(204 / 255f, 1f, 0f, 51 / 255f, 204 / 255f, 1f);
        selected.Labels.Should().Equal(1, 0, 1);
        (selected.Count, selected.Height, selected.Width).Should().Be((3, 1, 2));
        selected.ClassNames.Should().Equal("odd", "even");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_image_that_is_not_there_cannot_be_selected(int index) =>
        FluentActions.Invoking(() => Three.Select([0, index])).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Images_and_labels_of_different_number_are_refused() =>
        FluentActions.Invoking(() => ImageDataset.From(new IdxFile([2, 1, 1], [0, 1]), new IdxFile([1], [0]), ["a"]))
            .Should().Throw<ArgumentException>().WithMessage("There are 2 images and 1 labels.*");

    [Fact]
    public void A_label_without_a_class_is_refused() =>
        FluentActions.Invoking(() => ImageDataset.From(new IdxFile([2, 1, 1], [0, 1]), new IdxFile([2], [0, 1]), ["a"]))
            .Should().Throw<ArgumentException>().WithMessage("Image 1 has the label 1; there are 1 classes.*");
}
