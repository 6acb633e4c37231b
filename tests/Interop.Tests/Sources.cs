namespace Hpo.Interop.Tests;

/// <summary>The sources that the tests were built from, and whether tests write what they compare.</summary>
internal static class Sources
{
    /// <summary>Set to 1, it makes tests of generated files write them anew.</summary>
    public const string UpdateVariable = "HPO_UPDATE_DOCS";

    public static readonly string Root = FindRoot();

    public static bool AreDocsUpdated => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hpo.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run below the sources.");
    }
}
