using System.Reflection;
using System.Runtime.InteropServices;
using Hpo.Interop;

namespace Acme;

/// <summary>Asks for libtorch the way that TorchSharp does, which then is not there.</summary>
[Objective("native-torch")]
public sealed class NativeTorch : IObjective
{
    public ObjectiveValue Evaluate(Trial trial) =>
        NativeLibrary.TryLoad("LibTorchSharp", Assembly.GetExecutingAssembly(), null, out _) ? 1 : 0;
}
