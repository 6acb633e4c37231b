using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>
/// Options that stand for an object of one of Optuna's classes. A parameter that has its default is left to Optuna, so
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

    /// <summary>Names every parameter of the class, with its value and its default.</summary>
    internal abstract void Describe(ComponentArguments arguments);
}
