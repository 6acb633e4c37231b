using Hpo.Interop.Reporting.Dashboard;
using Hpo.Interop.Reporting.Dashboard.Artifacts;
using Hpo.Interop.Reporting.Dashboard.Graphs;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>The types by which the pages' scripts are checked are those of the records that the server writes.</summary>
public sealed class SnapshotTypesTests
{
    private const string UpdateVariable = "HPO_UPDATE_DOCS";

    private const string Head =
        $"""
        // What the pages get as JSON: the C# records of Interop.Reporting, as SnapshotJson writes them. Generated from these; to write
        // it anew, run the tests of NativeTrainer.Tests' class {nameof(SnapshotTypesTests)} with {UpdateVariable}=1.
        declare namespace Snapshot {"{"}
          /** JSON has no NaN and no infinities: they are these words. */
          type Double = number | "NaN" | "Infinity" | "-Infinity";


        """;

    private static readonly string Recorded = Path.Combine(SourceTree.Root, "Interop.Reporting", "Types", "snapshot.d.ts");

    [Fact]
    public void The_scripts_are_checked_by_the_types_of_the_records()
    {
        string declarations = Declarations();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") File.WriteAllText(Recorded, declarations);
        File.ReadAllText(Recorded).Should().Be(declarations, $"Interop.Reporting/Types/snapshot.d.ts is generated: run this test with {UpdateVariable}=1, and then scripts/javascript");
    }

    [Fact]
    public void Null_is_left_out_of_objects_and_kept_in_lists() =>
        new TypeScriptDeclarations(SnapshotJson.Format, type => type.Name).Of(typeof(Sample)).Should().Equal(
            "interface Part {\n  name: string;\n}\n",
            "interface Sample {\n  some: number;\n  more?: number;\n  values: (Double | null)[];\n  parts?: Record<string, Part[]>;\n}\n");

    [Fact]
    public void What_has_no_type_yet_is_refused() =>
        new TypeScriptDeclarations(SnapshotJson.Format, type => type.Name).Invoking(types => types.Of(typeof(DayOfWeek)))
            .Should().Throw<NotSupportedException>().WithMessage("*DayOfWeek*");

    private static string Declarations() =>
        Head + string.Join('\n', new TypeScriptDeclarations(SnapshotJson.Format, NameOf).Of(typeof(StudySnapshot), typeof(StudyListing), typeof(Rights), typeof(ArtifactEntry), typeof(ArtifactTable), typeof(GraphEntry), typeof(LaunchView)).Select(Indent)) + "}\n";

    // Snapshot.Trial reads better than Snapshot.TrialSnapshot.
    private static string NameOf(Type type) => type.Name.Replace("Snapshot", "");

    private static string Indent(string text) => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  {line}\n"));

    private sealed record Sample(int Some, long? More, IReadOnlyList<double?> Values, IReadOnlyDictionary<string, Part[]>? Parts);

    private sealed record Part(string Name);
}
