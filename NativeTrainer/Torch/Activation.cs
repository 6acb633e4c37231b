namespace Hpo.NativeTrainer.Torch;

/// <summary>The activation after each convolution, by PyTorch's names.</summary>
internal enum Activation
{
    ReLU,
    Tanh,
    RReLU,
    LeakyReLU,
    ELU,
}
