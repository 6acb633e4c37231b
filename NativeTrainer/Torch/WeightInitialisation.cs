using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>Makes networks with random weights. These come from libtorch's one global generator, whatever else is made at the same time.</summary>
internal static class WeightInitialisation
{
    private static readonly Lock Lock = new();

    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="create">Makes the network.</param>
    public static TNetwork Create<TNetwork>(ulong seed, Func<TNetwork> create)
    {
        lock (Lock)
        {
            random.manual_seed(unchecked((long)seed));
            return create();
        }
    }
}
