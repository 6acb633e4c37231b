using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Where libtorch computes.</summary>
internal sealed class TorchOptions
{
    private const string Cpu = "cpu";
    private const string Cuda = "cuda";

    private readonly Option<string> _device = CommonOptions.OneOf(
        "--device", "Where to compute (cuda needs a build with -p:TorchCuda=true)", [Cpu, Cuda], Cpu);

    public void AddTo(Command command) => command.Options.Add(_device);

    /// <summary>Loads libtorch.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="threads">Threads of one computation on the CPU, at least 1.</param>
    /// <exception cref="TorchLibraryException">It does not load.</exception>
    /// <exception cref="UserError">The device cannot be used.</exception>
    public Device Start(ParseResult parsed, int threads)
    {
        TorchLibrary.EnsureLoaded();
        set_num_threads(threads);
        if (parsed.GetValue(_device) == Cpu) return CPU;
        return cuda_is_available()
            ? CUDA
            : throw new UserError(
                "--device cuda: this build of libtorch finds no CUDA device. Build with -p:TorchCuda=true on a machine " +
                "that has one, or use --device cpu.");
    }
}
