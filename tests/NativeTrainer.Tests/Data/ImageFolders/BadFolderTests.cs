using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Data.ImageFolders;
using Hpo.Tests;
using SkiaSharp;

namespace Hpo.NativeTrainer.Tests.Data.ImageFolders;

/// <summary>Folders as people have them: each is told with its path, and what to do.</summary>
public sealed class BadFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_is_not_there_or_a_file_is_told()
    {
        string file = _folder.Write("cats.zip", "PK");

        Loading(_folder.File("none")).WithMessage("*none: there is no such folder. It takes a folder for each class*");
        Loading(file).WithMessage("*cats.zip: it is a file, not a folder*");
    }

    [Fact]
    public void An_empty_folder_and_pictures_without_classes_are_told()
    {
        Loading(_folder.Path).WithMessage("*it is empty*");

        _folder.Write("1.png", TestPictures.Plain(SKColors.Red));
        _folder.Write("2.JPG", TestPictures.Plain(SKColors.Red));
        Loading(_folder.Path).WithMessage("*its 2 PNG or JPEG files lie in no class's folder*cats/1.jpg*");
    }

    [Fact]
    public void One_class_only_and_too_many_are_told()
    {
        _folder.Write("cats/1.png", TestPictures.Plain(SKColors.Red));
        Loading(_folder.Path).WithMessage("*there is one class only, 'cats'*");

        for (int index = 0; index < 255; index++) Directory.CreateDirectory(_folder.File($"{index}"));
        Loading(_folder.Path).WithMessage("*256 classes, and 255 are the most*");
    }

    [Fact]
    public void A_class_without_pictures_is_told_with_its_folder()
    {
        _folder.WriteColours("", each: 5, seed: 1);
        _folder.Write("empty/readme.txt", "later");

        Loading(_folder.Path).Which.Path.Should().Be(_folder.File("empty"));
    }

    [Fact]
    public void A_class_of_which_nothing_is_left_to_train_on_is_told()
    {
        _folder.Write("a/1.png", TestPictures.Plain(SKColors.Red));
        _folder.Write("b/1.png", TestPictures.Plain(SKColors.Red));
        Loading(_folder.Path).WithMessage("*a test part of 0.2 leaves none of 2 pictures to test with*--test-size*");

        Loading(_folder.Path, ("test_size", "0.5")).WithMessage("*the class has too few pictures*");
    }

    [Fact]
    public void A_broken_picture_in_a_hundred_is_left_out_and_told()
    {
        _folder.WriteBars(each: 100);
        string broken = _folder.Write("lying/50.png", "no picture");

        ImageDataset training = Source(("test", _folder.Path)).LoadTraining(_folder.Path);

        training.Count.Should().Be(199);
        training.Labels.Count(label => label == 0).Should().Be(99);
        training.Notes.Should().Contain($"left out: {broken}: it is no PNG or JPEG file");
    }

    [Fact]
    public void More_broken_pictures_are_an_error_with_their_paths()
    {
        _folder.WriteBars(each: 50);
        string[] broken = [_folder.Write("lying/3.png", ""), _folder.Write("standing/7.png", "no picture")];

        Loading(_folder.Path, ("test", _folder.Path)).WithMessage(
            $"{broken[0]}: it is empty; 2 of 100 pictures are broken, more than one in a hundred, among them {broken[1]}. *");
    }

    [Fact]
    public void Other_files_are_left_out_and_counted()
    {
        _folder.WriteColours("", each: 5, seed: 1);
        _folder.Write("cold/.DS_Store", "x");
        _folder.Write("cold/._000.png", "x");
        _folder.Write("cold/notes.txt", "x");
        _folder.Write(".ipynb_checkpoints/1.png", "x");
        _folder.Write("labels.csv", "x");

        Source().LoadTraining(_folder.Path).Notes.Should()
            .ContainSingle(note => note.StartsWith("left out: 5 other files: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_to_test_with_that_was_not_trained_on_is_told()
    {
        _folder.WriteColours("train/", each: 4, seed: 1);
        _folder.WriteColours("test/", each: 2, seed: 2);
        Directory.Move(_folder.File("test/cold"), _folder.File("test/Cold"));

        Loading(_folder.Path).WithMessage("*'Cold' is no class of the images to train on (cold, grey, warm ☀)*");
    }

    [Fact]
    public void The_same_picture_in_both_parts_is_told()
    {
        _folder.WriteColours("train/", each: 4, seed: 1);
        _folder.WriteColours("test/", each: 2, seed: 2);
        Source().LoadTest(_folder.Path).Notes.Should().BeEmpty();

        File.Copy(_folder.File("train/cold/001.png"), _folder.File("test/cold/other name.png"));
        Source().LoadTest(_folder.Path).Notes.Should().ContainSingle().Which.Should()
            .StartWith("1 of 7 pictures to test with are also among those to train on").And.Contain("other name.png").And.Contain("001.png");
    }

    [Fact]
    public void Links_are_followed_once_and_a_dangling_one_is_broken()
    {
        _folder.WriteBars(each: 6);
        _folder.WriteColours("elsewhere/", each: 2, seed: 1);
        string data = Directory.CreateDirectory(_folder.File("data")).FullName;
        Directory.CreateSymbolicLink($"{data}/lying", _folder.File("lying"));
        Directory.CreateSymbolicLink($"{data}/standing", _folder.File("standing"));
        Directory.CreateSymbolicLink(_folder.File("standing/again"), data);
        File.CreateSymbolicLink(_folder.File("standing/linked.png"), _folder.File("elsewhere/cold/000.png"));

        Source(("test", data)).LoadTraining(data).Count.Should().Be(13);

        File.Delete(_folder.File("elsewhere/cold/000.png"));
        Loading(data, ("test", data)).WithMessage("*linked.png: *");
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_told()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root reads everything");
        if (OperatingSystem.IsWindows()) return;
        _folder.WriteBars(each: 2);
        File.SetUnixFileMode(_folder.File("lying"), UnixFileMode.None);
        try
        {
            Loading(_folder.Path).WithMessage("*lying: it cannot be read: *");
        }
        finally
        {
            File.SetUnixFileMode(_folder.File("lying"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Images_that_would_fill_the_memory_are_refused_with_what_they_need()
    {
        var format = new ImageFormat(3, 256, 256, ["a", "b"]);

        Action Checking(long available) => () => PictureMemory.Check("photos", 100_000, format, available);

        Checking(16_000_000_000).Should().Throw<DataFileException>().WithMessage(
            "photos: 100,000 images of 256 × 256 rgb need 176.9 GB of memory and a network for them 2.4 GB; there are 16.0 GB. *");
        Checking(long.MaxValue).Should().Throw<DataFileException>().WithMessage("*holds no more than 10922 of them*");
        PictureMemory.Check("photos", 10_000, format with { Height = 64, Width = 64 }, available: 4_000_000_000);
    }

    private static ImageSource Source(params (string Key, string Value)[] options) =>
        new FolderImages(new FolderOptions()).With(options.ToDictionary(option => option.Key, option => option.Value));

    private static FluentAssertions.Specialized.ExceptionAssertions<DataFileException> Loading(string folder, params (string, string)[] options) =>
        FluentActions.Invoking(() => Source(options).LoadTraining(folder)).Should().Throw<DataFileException>();
}
