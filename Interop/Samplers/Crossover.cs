using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>How NSGA-II combines the numerical parameters of parents.</summary>
public abstract record Crossover : OptunaComponent
{
    private protected Crossover()
    {
    }

    internal override string Module => "samplers.nsgaii";
}

/// <summary>Takes each parameter from either parent. Optuna's <c>UniformCrossover</c>.</summary>
public sealed record UniformCrossover : Crossover
{
    /// <summary>The probability of taking the second parent's, 0 … 1. Default 0.5.</summary>
    public double SwappingProb { get; init; } = 0.5;

    internal override string ClassName => "UniformCrossover";

    internal override void Describe(ComponentArguments arguments) => arguments.Add("swapping_prob", SwappingProb, 0.5);
}

/// <summary>Blends two parents, with room beyond them. Optuna's <c>BLXAlphaCrossover</c>.</summary>
public sealed record BlxAlphaCrossover : Crossover
{
    /// <summary>How far beyond the parents, as a part of their distance, at least 0. Default 0.5.</summary>
    public double Alpha { get; init; } = 0.5;

    internal override string ClassName => "BLXAlphaCrossover";

    internal override void Describe(ComponentArguments arguments) => arguments.Add("alpha", Alpha, 0.5);
}

/// <summary>Simulated binary crossover. Optuna's <c>SBXCrossover</c>.</summary>
public sealed record SbxCrossover : Crossover
{
    /// <summary>The distribution index, at least 0; null (the default) for 2 (several objectives: 20).</summary>
    public double? Eta { get; init; }

    /// <summary>The probability that a parameter is combined at all, 0 … 1. Default 0.5. Since Optuna 4.3.</summary>
    public double UniformCrossoverProb { get; init; } = 0.5;

    /// <summary>The probability of taking the second child's parameter, 0 … 1. Default 0.5. Since Optuna 4.3.</summary>
    public double UseChildGeneProb { get; init; } = 0.5;

    internal override string ClassName => "SBXCrossover";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("eta", Eta, null);
        arguments.Add("uniform_crossover_prob", UniformCrossoverProb, 0.5);
        arguments.Add("use_child_gene_prob", UseChildGeneProb, 0.5);
    }
}

/// <summary>Modified simulated binary crossover. Optuna's <c>VSBXCrossover</c>.</summary>
public sealed record VsbxCrossover : Crossover
{
    /// <summary>The distribution index, at least 0; null (the default) for 2 (several objectives: 20).</summary>
    public double? Eta { get; init; }

    /// <summary>The probability that a parameter is combined at all, 0 … 1. Default 0.5. Since Optuna 4.4.</summary>
    public double UniformCrossoverProb { get; init; } = 0.5;

    /// <summary>The probability of taking the second child's parameter, 0 … 1. Default 0.5. Since Optuna 4.4.</summary>
    public double UseChildGeneProb { get; init; } = 0.5;

    internal override string ClassName => "VSBXCrossover";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("eta", Eta, null);
        arguments.Add("uniform_crossover_prob", UniformCrossoverProb, 0.5);
        arguments.Add("use_child_gene_prob", UseChildGeneProb, 0.5);
    }
}

/// <summary>Simplex crossover of several parents. Optuna's <c>SPXCrossover</c>.</summary>
public sealed record SpxCrossover : Crossover
{
    /// <summary>How far the simplex is widened, above 0; null (the default) for √(number of parameters + 2).</summary>
    public double? Epsilon { get; init; }

    internal override string ClassName => "SPXCrossover";

    internal override void Describe(ComponentArguments arguments) => arguments.Add("epsilon", Epsilon, null);
}

/// <summary>Unimodal normal distribution crossover of three parents. Optuna's <c>UNDXCrossover</c>.</summary>
public sealed record UndxCrossover : Crossover
{
    /// <summary>The deviation along the line between the parents, at least 0. Default 0.5.</summary>
    public double SigmaXi { get; init; } = 0.5;

    /// <summary>The deviation across it, at least 0; null (the default) for 0.35 / √(number of parameters).</summary>
    public double? SigmaEta { get; init; }

    internal override string ClassName => "UNDXCrossover";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("sigma_xi", SigmaXi, 0.5);
        arguments.Add("sigma_eta", SigmaEta, null);
    }
}
