namespace Hpo.Tests;

/// <summary>The sources that the running program was built from.</summary>
internal static class SourceTree
{
    public static readonly string Root = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hpo.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The program does not run below its sources.");
    }
}
