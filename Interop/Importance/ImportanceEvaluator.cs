namespace Hpo.Interop.Importance;

/// <summary>How the importance of a study's parameters is found.</summary>
public abstract record ImportanceEvaluator : OptunaComponent
{
    private protected ImportanceEvaluator()
    {
    }

    internal override string Module => "importance";
}
