using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>A sampler that Python code made.</summary>
internal sealed record PythonSampler : Sampler
{
    private readonly TakenObject _sampler;

    public PythonSampler(TakenObject sampler) => _sampler = sampler;

    /// <summary>Its Python class, with the module.</summary>
    public string Class => _sampler.ClassName;

    internal override string ClassName => Class;

    internal override PythonValue Build(GlueLibrary glue) => _sampler.Handle;
}
