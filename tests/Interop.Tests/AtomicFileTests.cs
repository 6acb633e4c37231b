using Hpo.Tests;

namespace Hpo.Interop.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Replaces_the_old_content_whole()
    {
        string file = _folder.Write("a", "a longer old content");

        AtomicFile.Write(file, stream => stream.Write("new"u8));

        File.ReadAllText(file).Should().Be("new");
        Directory.GetFiles(_folder.Path).Should().Equal(file);
    }

    [Fact]
    public void A_failure_in_the_middle_leaves_the_old_content_and_nothing_else()
    {
        string file = _folder.Write("a", "old");

        Action write = () => AtomicFile.Write(file, stream =>
        {
            stream.Write("half of the n"u8);
            throw new IOException("No space left on device");
        });

        write.Should().Throw<OutputFileException>().WithMessage("*No space left on device*untouched*");
        File.ReadAllText(file).Should().Be("old");
        Directory.GetFiles(_folder.Path).Should().Equal(file);
    }

    [Fact]
    public void Tells_beforehand_what_cannot_be_written()
    {
        Checking(_folder.Path).Should().Throw<OutputFileException>().WithMessage("*it is a folder*");
        Checking(_folder.File("no/such/folder/file")).Should().Throw<OutputFileException>().WithMessage("*Could not find*");
        Checking(_folder.File("fine")).Should().NotThrow();
        Directory.GetFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    private static Action Checking(string path) => () => AtomicFile.CheckWritable(path);
}
