using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tests.Torch;
using Hpo.Tests;
using SkiaSharp;

namespace Hpo.NativeTrainer.Tests.Data.ImageFolders;

public sealed class FolderImagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Classes_are_the_folders_in_ordinal_order_and_a_share_of_each_is_set_aside()
    {
        _folder.WriteColours("", each: 10, seed: 1);

        ImageDataset training = Source().LoadTraining(_folder.Path), test = Source().LoadTest(_folder.Path, training.Format);

        training.Format.Should().Be(new ImageFormat(3, 12, 12, ["cold", "grey", "warm ☀"]));
        training.Labels.Should().Equal(Enumerable.Range(0, 3).SelectMany(label => Enumerable.Repeat((byte)label, 8)));
        test.Labels.Should().Equal(0, 0, 1, 1, 2, 2);
        training.Notes.Should().Equal($"{_folder.Path}: 24 images to train on and 6 to test with, of 3 classes, 12 × 12 rgb");
        test.Notes.Should().BeEmpty();
        Source(("test-size", "0.5")).LoadTest(_folder.Path).Count.Should().Be(15);
        Source().LoadTest(_folder.Path).Pixels.Should().Equal(test.Pixels, "the split is the same each time");
    }

    [Fact]
    public void Fashion_MNIST_written_as_PNG_files_is_Fashion_MNIST_pixel_by_pixel()
    {
        ImageDataset fashion = SmallData.Fashion(100);
        for (int index = 0; index < fashion.Count; index++)
        {
            int image = index;
            SKColor Colour(int row, int column) => TestPictures.Grey((int)MathF.Round(fashion.Image(image)[(row * 28) + column] * 255));
            _folder.Write($"{fashion.Labels[index]}/{index:000}.png", TestPictures.Encode(28, 28, Colour));
        }

        ImageDataset read = Source(("test", _folder.Path)).LoadTraining(_folder.Path);

        ImageDataset byClass = fashion.Select([.. Enumerable.Range(0, 100).OrderBy(index => fashion.Labels[index])]);
        read.Labels.Should().Equal(byClass.Labels);
        read.Pixels.AsSpan().SequenceEqual(byClass.Pixels).Should().BeTrue();
        read.Format.Should().Be(ImageFormat.Mnist);
    }

    [Fact]
    public void The_folders_train_and_test_are_its_parts_where_both_hold_classes()
    {
        _folder.WriteColours("train/", each: 4, seed: 1);
        _folder.WriteColours("test/", each: 2, seed: 2);
        Directory.Delete(_folder.File("test/cold"), recursive: true);
        _folder.Write("validation/cold/1.png", TestPictures.Plain(SKColors.Blue));

        ImageDataset training = Source().LoadTraining(_folder.Path), test = Source().LoadTest(_folder.Path, training.Format);

        training.Count.Should().Be(12);
        test.Labels.Should().Equal(1, 1, 2, 2);
        training.Notes.Skip(1).Should().Equal(
            $"{_folder.File("test")}: no pictures to test with of cold", "left out, beside train and test: validation");
        FluentActions.Invoking(() => Source(("test-size", "0.5")).LoadTraining(_folder.Path)).Should().Throw<UserError>()
            .WithMessage("*has a part 'test'*");
    }

    [Fact]
    public void Another_folder_can_be_named_to_test_with_and_all_of_the_first_is_trained_on()
    {
        _folder.WriteColours("mine/", each: 4, seed: 1);
        _folder.WriteColours("theirs/", each: 3, seed: 2);
        ImageSource source = Source(("test", _folder.File("theirs")));

        ImageDataset training = source.LoadTraining(_folder.File("mine"));

        training.Count.Should().Be(12);
        source.LoadTest(_folder.File("mine"), training.Format).Count.Should().Be(9);
        source.LoadTest(null, training.Format).Count.Should().Be(9);
    }

    [Fact]
    public void Classes_called_train_and_test_are_classes()
    {
        foreach (string name in (string[])["train/1.png", "train/2.png", "test/1.png", "test/2.png"])
            _folder.Write(name, TestPictures.Plain(SKColors.Red));

        Source(("test-size", "0.5")).LoadTraining(_folder.Path).ClassNames.Should().Equal("test", "train");
    }

    [Theory]
    [InlineData("auto", 1)]
    [InlineData("grey", 1)]
    [InlineData("rgb", 3)]
    public void Grey_pictures_are_grey_unless_told_otherwise(string colour, int channels)
    {
        _folder.WriteBars(each: 5);

        ImageDataset training = Source(("colour", colour)).LoadTraining(_folder.Path);

        training.Channels.Should().Be(channels);
        training.Pixels.Should().HaveCount(8 * 16 * 16 * channels);
        training.Notes[0].Should().EndWith(channels == 1 ? "16 × 16 grey" : "16 × 16 rgb");
    }

    [Fact]
    public void Colour_becomes_the_brightness_that_Pillow_gives_it()
    {
        foreach (string name in (string[])["a", "b"])
            for (int index = 0; index < 5; index++) _folder.Write($"{name}/{index}.png", TestPictures.Plain(new SKColor(250, 100, 20)));

        ImageDataset grey = Source(("colour", "grey")).LoadTraining(_folder.Path);

        grey.Pixels.Should().OnlyContain(pixel => pixel == 136 / 255f);
    }

    [Fact]
    public void One_coloured_picture_makes_all_coloured_and_those_to_test_with_follow()
    {
        _folder.WriteBars(each: 5);
        _folder.Write("lying/red.png", TestPictures.Plain(SKColors.Red));
        string theirs = _folder.File("theirs");

        ImageDataset training = Source(("test", _folder.Path)).LoadTraining(_folder.Path);

        training.Channels.Should().Be(3);
        Source(("test", _folder.Path)).LoadTest(null, training.Format).Channels.Should().Be(3);
        Directory.Exists(theirs).Should().BeFalse();
    }

    [Theory]
    [InlineData(20, 20, 20)]
    [InlineData(64, 64, 64)]
    [InlineData(65, 32, 32)]
    [InlineData(7, 32, 32)]
    public void The_size_is_the_pictures_own_where_it_is_small_else_32(int own, int height, int width)
    {
        for (int index = 0; index < 10; index++) _folder.Write($"{index % 2}/{index}.png", TestPictures.Plain(SKColors.Red, own, own));
        Source().LoadTraining(_folder.Path).Format.Should().Match<ImageFormat>(format => format.Height == height && format.Width == width);

        _folder.Write("1/other.png", TestPictures.Plain(SKColors.Red, 21, 22));
        Source().LoadTraining(_folder.Path).Height.Should().Be(32);
        Source(("size", "40x24")).LoadTraining(_folder.Path).Format.Should().Match<ImageFormat>(format => format.Height == 40 && format.Width == 24);
    }

    [Fact]
    public void Pictures_are_known_by_their_names_and_contents_wherever_they_lie()
    {
        _folder.WriteColours("here/", each: 5, seed: 1);
        _folder.WriteColours("there/", each: 5, seed: 1);
        string first = Source().LoadTraining(_folder.File("here")).Fingerprint!;
        Source().LoadTraining(_folder.File("there")).Fingerprint.Should().Be(first);

        File.Move(_folder.File("there/cold/000.png"), _folder.File("there/cold/x.png"));
        Source().LoadTraining(_folder.File("there")).Fingerprint.Should().NotBe(first);
        File.Move(_folder.File("there/cold/x.png"), _folder.File("there/cold/000.png"));
        foreach (string file in Directory.GetFiles(_folder.File("there/cold")))
            File.WriteAllBytes(file, TestPictures.Plain(SKColors.Blue, 12, 12));
        Source().LoadTraining(_folder.File("there")).Fingerprint.Should().NotBe(first);
    }

    [Theory]
    [InlineData("size", "7", "*--size must be a number from 8 to 256, or two*not '7'*")]
    [InlineData("size", "32x32x3", "*--size*")]
    [InlineData("size", "big", "*--size*")]
    [InlineData("fit", "squeeze", "*--fit must be one of crop, pad, stretch*")]
    [InlineData("colour", "blue", "*--colour must be one of rgb, grey, auto*")]
    [InlineData("test-size", "1", "*--test-size must be a number between 0 and 1*")]
    public void A_wrong_option_is_told(string name, string value, string message) =>
        FluentActions.Invoking(() => Source((name, value))).Should().Throw<UserError>().WithMessage(message);

    [Fact]
    public void Options_survive_being_written_as_text()
    {
        ImageSource source = Source(("size", "40x24"), ("fit", "pad"), ("colour", "rgb"), ("test-size", "0.25"));

        source.Values.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["size"] = "40x24",
            ["fit"] = "pad",
            ["colour"] = "rgb",
            ["test_size"] = "0.25",
        });
        Source().With(source.Values).Values.Should().BeEquivalentTo(source.Values);
        Source().With(Source().Values).Values.Should().BeEquivalentTo(Source().Values);
    }

    private static ImageSource Source(params (string Name, string Value)[] options) =>
        ImageSources.Find("images")!.With(options.ToDictionary(option => option.Name.Replace('-', '_'), option => option.Value));
}
