using Hpo.NativeTrainer.Data.ImageFolders;
using Hpo.Tests;
using SkiaSharp;

namespace Hpo.NativeTrainer.Tests.Data.ImageFolders;

public sealed class PictureDecoderTests
{
    private static readonly SKColor Red = new(255, 0, 0), Green = new(0, 255, 0), Blue = new(0, 0, 255);

    [Theory]
    [InlineData("Crop")]
    [InlineData("Pad")]
    [InlineData("Stretch")]
    public void A_picture_of_the_right_size_keeps_every_byte(string fit)
    {
        var random = new Random(1);
        byte[] pixels = new byte[9 * 11 * 3];
        random.NextBytes(pixels);
        byte[] file = TestPictures.Encode(9, 11, (row, column) =>
        {
            int start = ((row * 11) + column) * 3;
            return new SKColor(pixels[start], pixels[start + 1], pixels[start + 2]);
        });

        Decode(file, 9, 11, Enum.Parse<ImageFit>(fit)).Should().Equal(pixels);
    }

    [Fact]
    public void Cropping_keeps_the_centre_padding_adds_white_and_stretching_keeps_all()
    {
        // Red, green and blue thirds beside each other.
        byte[] file = TestPictures.Encode(30, 90, (_, column) => column < 30 ? Red : column < 60 ? Green : Blue);

        byte[] cropped = Decode(file, 10, 10, ImageFit.Crop);
        byte[] padded = Decode(file, 30, 30, ImageFit.Pad);
        byte[] stretched = Decode(file, 9, 9, ImageFit.Stretch);

        Pixel(cropped, 10, 5, 2).Should().Be(Green);
        Pixel(cropped, 10, 5, 7).Should().Be(Green);
        Pixel(padded, 30, 2, 15).Should().Be(SKColors.White);
        Pixel(padded, 30, 27, 15).Should().Be(SKColors.White);
        Pixel(padded, 30, 15, 2).Should().Be(Red);
        Pixel(padded, 30, 15, 27).Should().Be(Blue);
        Pixel(stretched, 9, 0, 0).Should().Be(Red);
        Pixel(stretched, 9, 8, 8).Should().Be(Blue);
    }

    [Fact]
    public void A_fine_pattern_becomes_its_mean_and_not_some_of_its_pixels()
    {
        byte[] file = TestPictures.Encode(320, 320, (row, column) => (row + column) % 2 == 0 ? SKColors.Black : SKColors.White);

        Decode(file, 8, 8).Should().OnlyContain(value => value >= 124 && value <= 131);
    }

    [Theory]
    [InlineData(1, "rg/bw")]
    [InlineData(2, "gr/wb")]
    [InlineData(3, "wb/gr")]
    [InlineData(4, "bw/rg")]
    [InlineData(5, "rb/gw")]
    [InlineData(6, "br/wg")]
    [InlineData(7, "wg/br")]
    [InlineData(8, "gw/rb")]
    public void The_orientation_of_a_camera_is_respected(int orientation, string seen)
    {
        // Quarters: red and green, blue and white.
        byte[] stored = TestPictures.Encode(
            32, 64, (row, column) => row < 16 ? (column < 32 ? Red : Green) : (column < 32 ? Blue : SKColors.White), SKEncodedImageFormat.Jpeg);
        (int height, int width) = orientation < 5 ? (16, 32) : (32, 16);

        byte[] image = Decode(TestPictures.WithOrientation(stored, orientation), height, width);

        string Quarter(double row, double column) => Name(Pixel(image, width, (int)(row * height), (int)(column * width)));
        $"{Quarter(0.25, 0.25)}{Quarter(0.25, 0.75)}/{Quarter(0.75, 0.25)}{Quarter(0.75, 0.75)}".Should().Be(seen);
    }

    [Fact]
    public void What_is_transparent_is_white()
    {
        byte[] file = TestPictures.Plain(new SKColor(255, 0, 0, 128));
        byte[] clear = TestPictures.Plain(new SKColor(255, 0, 0, 0));

        Pixel(Decode(file, 8, 8), 8, 3, 3).Should().Match<SKColor>(pixel => pixel.Red == 255 && Math.Abs(pixel.Green - 127) <= 1);
        Decode(clear, 8, 8).Should().OnlyContain(value => value == 255);
    }

    [Fact]
    public void PNG_files_of_16_bits_and_with_palettes_are_read()
    {
        // A row begins with its filter, 0 for none.
        byte[] greyRow = [0, .. Enumerable.Repeat((byte[])[0x80, 0x10], 8).SelectMany(value => value)];
        byte[] paletteRow = [0, 1, 1, 1, 1, 0, 0, 0, 0];
        static byte[] EightTimes(byte[] row) => [.. Enumerable.Repeat(row, 8).SelectMany(value => value)];
        byte[] sixteen = TestPictures.Png(8, 8, 16, 0, EightTimes(greyRow));
        byte[] palette = TestPictures.Png(8, 8, 8, 3, EightTimes(paletteRow), [255, 0, 0, 0, 0, 255]);

        Decode(sixteen, 8, 8).Should().OnlyContain(value => value == 0x80);
        Pixel(Decode(palette, 8, 8), 8, 0, 0).Should().Be(Blue);
        Pixel(Decode(palette, 8, 8), 8, 0, 7).Should().Be(Red);
    }

    [Fact]
    public void JPEG_files_of_print_are_read() =>
        Pixel(Decode(Convert.FromBase64String(TestPictures.Cmyk), 8, 8), 8, 3, 3).Should()
            .Match<SKColor>(pixel => pixel.Red > 230 && pixel.Green < 80 && pixel.Blue < 80);

    [Fact]
    public void A_file_that_claims_to_be_huge_is_refused_before_it_takes_memory() =>
        Decoding(TestPictures.Png(60_000, 60_000, 8, 2, [0])).WithMessage("it has 60000 × 60000 pixels, more than 100,000,000");

    [Fact]
    public void Files_that_are_no_pictures_or_damaged_are_told()
    {
        byte[] noise = new byte[64 * 64 * 3];
        new Random(2).NextBytes(noise);
        byte[] png = TestPictures.Encode(64, 64, (row, column) => TestPictures.Grey(noise[(row * 64) + column]));
        byte[] jpeg = TestPictures.Encode(64, 64, (row, column) => TestPictures.Grey(noise[(row * 64) + column]), SKEncodedImageFormat.Jpeg);

        Decoding([]).WithMessage("it is empty");
        Decoding([.. "<html>not found</html>"u8]).WithMessage("it is no PNG or JPEG file");
        Decoding(png[..(png.Length / 2)]).WithMessage("it ends early");
        Decoding(jpeg[..(jpeg.Length / 2)]).WithMessage("it ends early");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<PictureException> Decoding(byte[] file) =>
        FluentActions.Invoking(() => Decode(file, 8, 8)).Should().Throw<PictureException>();

    private static byte[] Decode(byte[] file, int height, int width, ImageFit fit = ImageFit.Crop)
    {
        var decoder = new PictureDecoder(height, width, fit);
        byte[] result = new byte[decoder.ResultLength];
        decoder.Decode(file, result);
        return result;
    }

    private static SKColor Pixel(byte[] image, int width, int row, int column)
    {
        ReadOnlySpan<byte> pixel = image.AsSpan(((row * width) + column) * 3, 3);
        return new SKColor(pixel[0], pixel[1], pixel[2]);
    }

    private static string Name(SKColor colour) => (colour.Red > 128, colour.Green > 128, colour.Blue > 128) switch
    {
        (true, false, false) => "r",
        (false, true, false) => "g",
        (false, false, true) => "b",
        (true, true, true) => "w",
        _ => "?",
    };
}
