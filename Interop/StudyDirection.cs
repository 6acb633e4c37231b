namespace Hpo.Interop;

/// <summary>What is better: lower or higher objective values.</summary>
public enum StudyDirection
{
    /// <summary>Lower values are better; Optuna's default.</summary>
    Minimize,

    /// <summary>Higher values are better.</summary>
    Maximize,
}
