using System.Reflection;

namespace Hpo.Interop.Bridge;

/// <summary>The Python side of the bridge, which is embedded in this assembly.</summary>
internal static class GlueSource
{
    public const string PackageModule = "hpo_glue";
    public const string ErrorsModule = "hpo_glue.errors";

    /// <summary>The modules that know Optuna, each after those that it imports.</summary>
    public static readonly IReadOnlyList<string> OptunaModules =
        [
        "hpo_glue.values", "hpo_glue.features", "hpo_glue.distributions", "hpo_glue.trials", "hpo_glue.patience",
        "hpo_glue.times", "hpo_glue.stored_forms", "hpo_glue.worker_marks", "hpo_glue.worker_limits", "hpo_glue.worker_sessions",
        "hpo_glue.heartbeats", "hpo_glue.worker_transactions", "hpo_glue.worker_storage", "hpo_glue.mysql_trials",
        "hpo_glue.mysql_columns", "hpo_glue.mysql_templates", "hpo_glue.mysql_studies", "hpo_glue.mysql_reads",
        "hpo_glue.mysql_storage", "hpo_glue.components", "hpo_glue.storages", "hpo_glue.locks", "hpo_glue.exhaustion",
        "hpo_glue.budget", "hpo_glue.logs", "hpo_glue.studies", "hpo_glue.custom", "hpo_glue.terminators", "hpo_glue.artifacts",
        "hpo_glue.importance", "hpo_glue.visualization",
    ];

    /// <summary>The source of one module, by its full name.</summary>
    public static string Read(string module)
    {
        string file = module == PackageModule ? "hpo_glue/__init__.py" : $"{module.Replace('.', '/')}.py";
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The assembly lacks its Python module {module}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
