namespace Hpo.NativeTrainer.Tables;

/// <summary>What is to be predicted of a row.</summary>
internal enum TableTask
{
    /// <summary>A number.</summary>
    Regression,

    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of three classes or more.</summary>
    Multiclass,
}

/// <summary>Tasks in sentences.</summary>
internal static class TableTasks
{
    public static string Described(this TableTask task) =>
        task is TableTask.Regression ? "regression" : $"{task.ToString().ToLowerInvariant()} classification";
}
