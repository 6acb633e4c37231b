using System.Runtime.InteropServices;
using Hpo.NativeTrainer.Torch;
using TorchSharp;

namespace Hpo.NativeTrainer.Tests.Torch;

public sealed class TorchLibraryTests
{
    [Fact]
    public void Computes_and_differentiates_after_loading()
    {
        TorchLibrary.EnsureLoaded();

        using torch.Tensor x = torch.tensor(3.0f, requires_grad: true);
        using torch.Tensor square = x * x;
        square.backward();

        x.grad!.ToSingle().Should().Be(6);
    }

    [Fact]
    public void Uses_a_copy_only_where_the_package_s_library_does_not_load()
    {
        TorchLibrary.EnsureLoaded();

        bool loadsAsItIs = NativeLibrary.TryLoad(TorchLibrary.FindOriginal()!, out _);

        (TorchLibrary.CuredCopy is null).Should().Be(loadsAsItIs);
    }

    [Fact]
    public void The_copy_differs_from_the_package_s_library_in_one_bit()
    {
        byte[] original = File.ReadAllBytes(TorchLibrary.FindOriginal()!);

        byte[] cured = TorchLibrary.Cure([.. original])!;

        int[] changed = [.. Enumerable.Range(0, original.Length).Where(index => original[index] != cured[index])];
        changed.Should().ContainSingle();
        (original[changed[0]] ^ cured[changed[0]]).Should().Be(2);
    }

    [Fact]
    public void Names_the_one_symbol_that_asks_for_the_new_version()
    {
        var needs = new ElfVersionNeeds(File.ReadAllBytes(TorchLibrary.FindOriginal()!));

        needs.SymbolsOf("GLIBCXX_3.4.32").Should().Equal("_ZSt21ios_base_library_initv");
        needs.SymbolsOf("GLIBCXX_9.9.99").Should().BeEmpty();
        needs.MakeWeak("GLIBCXX_9.9.99").Should().BeFalse();
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 })]
    public void Refuses_what_is_no_library(byte[] image)
    {
        Action read = () => _ = new ElfVersionNeeds(image);

        read.Should().Throw<InvalidDataException>().WithMessage("*ELF*");
    }

    [Fact]
    public void Refuses_a_truncated_library()
    {
        byte[] whole = File.ReadAllBytes(TorchLibrary.FindOriginal()!);

        Action read = () => _ = new ElfVersionNeeds(whole[..4096]);

        read.Should().Throw<InvalidDataException>().WithMessage("*damaged*");
    }
}
