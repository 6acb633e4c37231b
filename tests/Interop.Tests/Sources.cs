using Hpo.Tests;

namespace Hpo.Interop.Tests;

/// <summary>The sources that the tests were built from, and whether tests write what they compare.</summary>
internal static class Sources
{
    /// <summary>Set to 1, it makes tests of generated files write them anew.</summary>
    public const string UpdateVariable = "HPO_UPDATE_DOCS";

    public static readonly string Root = SourceTree.Root;

    public static bool AreDocsUpdated => Environment.GetEnvironmentVariable(UpdateVariable) == "1";
}
