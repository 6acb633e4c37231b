using Hpo.NativeTrainer.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

public sealed class FlatAdamWTests
{
    private static readonly TableNetworkShape Shape = new([3, 5], 6, 16, 2, 4);

    [Fact]
    public void It_moves_the_parameters_as_TorchSharps_own()
    {
        TorchLibrary.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        using TableNetwork flat = TableNetwork.Create(Shape, 0, 1), own = TableNetwork.Create(Shape, 0, 1);
        using var flatAdam = new FlatAdamW(flat.parameters(), weightDecay: 0.1);
        using optim.Optimizer ownAdam = optim.AdamW(own.parameters(), 0.01, weight_decay: 0.1);
        using var random = new Generator(2, CPU);
        Tensor rows = cat([randint(0, 3, [32, 2], generator: random).to_type(ScalarType.Float32), randn([32, 4], generator: random)], 1);
        Tensor labels = randint(0, 4, [32], generator: random);
        var before = flat.state_dict().ToDictionary(one => one.Key, one => one.Value.clone());
        for (int step = 0; step < 30; step++)
        {
            flatAdam.ZeroGradients();
            nn.functional.cross_entropy(flat.call(rows), labels).backward();
            flatAdam.Step(0.01);
            ownAdam.zero_grad();
            nn.functional.cross_entropy(own.call(rows), labels).backward();
            ownAdam.step();
        }

        foreach ((string name, Tensor value) in flat.state_dict())
        {
            value.data<float>().ToArray().Should().NotEqual(before[name].data<float>().ToArray(), name);
            (value - own.state_dict()[name]).abs().max().item<float>().Should().BeLessThan(1e-4f, name);
        }
    }
}
