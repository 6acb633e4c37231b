using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>
/// Options from which an object of one of Optuna's classes is made. A parameter that has its default is left to Optuna, so
/// that a study is the same as in Python with any version.
/// </summary>
public abstract record OptunaComponent
{
    private protected OptunaComponent()
    {
    }

    /// <summary>The module below <c>optuna</c>.</summary>
    internal abstract string Module { get; }

    /// <summary>The name of the class in <see cref="Module"/>.</summary>
    internal abstract string ClassName { get; }

    /// <summary>Whether the class uses Python's torch.</summary>
    internal virtual bool NeedsTorch => false;

    /// <summary>Whether our subclass is made where there is one.</summary>
    internal virtual bool IsNative => false;

    /// <summary>The options by name, with numbers in no country's form.</summary>
    public sealed override string ToString() => InvariantText.Of(this, PrintMembers);

    /// <summary>Names every parameter of the class, with its value and its default; where there is none, nothing.</summary>
    internal virtual void Describe(ComponentArguments arguments)
    {
    }

    /// <summary>Makes the Python object.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks the class or one of the parameters.</exception>
    internal virtual PythonValue Build(GlueLibrary glue)
    {
        glue.Components.Call("require", Module, ClassName);
        if (NeedsTorch) PythonTorch.EnsurePossible(GetType().Name);
        var arguments = new ComponentArguments(glue);
        Describe(arguments);
        return glue.Components.Call("build", Module, ClassName, arguments.Values, IsNative);
    }
}
