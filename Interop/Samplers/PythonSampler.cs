using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>A sampler that Python code made.</summary>
internal sealed record PythonSampler : Sampler
{
    private readonly PythonHandle _sampler;

    public PythonSampler(PythonHandle sampler, GlueLibrary glue)
    {
        _sampler = sampler;
        Class = glue.Components.Call("class_name", sampler).AsString();
    }

    /// <summary>Its Python class, with the module.</summary>
    public string Class { get; }

    internal override string ClassName => Class;

    internal override void Describe(ComponentArguments arguments)
    {
    }

    internal override PythonValue Build(GlueLibrary glue) => _sampler;
}
