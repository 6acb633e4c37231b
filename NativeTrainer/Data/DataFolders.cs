namespace Hpo.NativeTrainer.Data;

/// <summary>Where data sets are looked for when no folder is named.</summary>
internal static class DataFolders
{
    /// <summary>The variable that names a folder with one folder for each data set.</summary>
    public const string Variable = "HPO_DATA";

    /// <summary>
    /// The user's own data: <c>hpo</c> in <c>$XDG_DATA_HOME</c>, by default in <c>~/.local/share</c>; on Windows in
    /// <c>%LOCALAPPDATA%</c>.
    /// </summary>
    public static string User => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "hpo");

    /// <summary>The folders of a data set, in the order in which they are looked into: HPO_DATA's, then the user's.</summary>
    /// <param name="name">What the data set's own folder is called.</param>
    public static IReadOnlyList<string> Of(string name) => Of(name, Environment.GetEnvironmentVariable(Variable), User);

    /// <param name="name">What the data set's own folder is called.</param>
    /// <param name="variable">The value of HPO_DATA, null or empty where it is unset.</param>
    /// <param name="user">The user's folder.</param>
    public static IReadOnlyList<string> Of(string name, string? variable, string user) =>
        string.IsNullOrEmpty(variable)
            ? [Path.Combine(user, name)]
            : [Path.Combine(variable, name), Path.Combine(user, name)];
}
