namespace Hpo.Interop;

/// <summary>What is better: lower or higher objective values.</summary>
public enum StudyDirection
{
    /// <summary>Lower values are better; Optuna's default.</summary>
    Minimize,

    /// <summary>Higher values are better.</summary>
    Maximize,
}

/// <summary>Directions by the names that Optuna's functions take.</summary>
internal static class StudyDirectionNames
{
    /// <summary>"minimize" or "maximize".</summary>
    public static string Name(this StudyDirection direction) => direction is StudyDirection.Maximize ? "maximize" : "minimize";
}
