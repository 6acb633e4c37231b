using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>How the genetic samplers change a numerical parameter of a child. Since Optuna 5.0.</summary>
public abstract record Mutation : OptunaComponent
{
    private protected Mutation()
    {
    }

    internal override string Module => "samplers.nsgaii";
}

/// <summary>Moves a parameter by a polynomially distributed step. Optuna's <c>PolynomialMutation</c>.</summary>
public sealed record PolynomialMutation : Mutation
{
    /// <summary>The distribution index, at least 0: the higher, the smaller the steps. Default 20.0.</summary>
    public double Eta { get; init; } = 20.0;

    internal override string ClassName => "PolynomialMutation";

    internal override void Describe(ComponentArguments arguments) => arguments.Add("eta", Eta, 20.0);
}
