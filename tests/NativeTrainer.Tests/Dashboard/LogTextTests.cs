using System.Text;
using Hpo.Interop.Launches;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Dashboard;

public sealed class LogTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain\ttext é 😀", "plain\ttext é 😀")]
    [InlineData("\e[1;31mred\e[0m and \e[38;5;12mblue", "red and blue")]
    [InlineData("\e]0;a title\abehind", "behind")]
    [InlineData("\e]8;;https://evil.example\e\\link\e]8;;\e\\", "link")]
    [InlineData("\e]0;a title without an end", "")]
    [InlineData("\ePq#0\e\\picture\e(B\e=", "picture")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("a\0b\bc\u0007d\u0085e\u007f", "abcde")]
    [InlineData(" 10 %\r 50 %\r100 %\r", "100 %")]
    [InlineData("safe\u202eelbisrever\u2066", "safeelbisrever")]
    [InlineData("at mysql://user:secret@host/hpo now", "at mysql://user:***@host/hpo now")]
    [InlineData("<script>alert(1)</script> & co", "<script>alert(1)</script> & co")]
    public void What_is_meant_for_a_terminal_becomes_text(string line, string text) =>
        LogText.Of(new LogTail($"{line}\n", 0, IsCut: false)).Should().Be($"{text}\n");

    [Fact]
    public void Of_a_long_log_the_end_is_read_in_whole_lines()
    {
        string log = _folder.Write("worker-0.log", string.Concat(Enumerable.Range(0, 50_000).Select(i => $"line {i} é\n")) + "half a line");

        string text = LogText.Of(LogTail.Read(log));

        Encoding.UTF8.GetByteCount(text).Should().BeInRange(60_000, LogTail.MostBytes);
        text.Split('\n')[0].Should().MatchRegex("^line [0-9]+ é$");
        text.Should().EndWith("line 49999 é\n");
    }

    [Fact]
    public void Bytes_that_are_no_text_and_lines_without_an_end_do_no_harm()
    {
        byte[] bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_folder.File("worker-0.log"), bytes);

        string text = LogText.Of(LogTail.Read(_folder.File("worker-0.log")));
        text.Where(letter => letter is not ('\n' or '\t')).Should().NotContain(letter => char.IsControl(letter));

        File.WriteAllText(_folder.File("worker-1.log"), string.Concat(Enumerable.Repeat("://a:", 100_000)) + "\n");
        LogText.Of(LogTail.Read(_folder.File("worker-1.log"))).Length.Should().BeLessThan(5000);
    }
}
