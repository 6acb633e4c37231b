using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Tables;

namespace Hpo.NativeTrainer.Diagnostics;

/// <summary>Whether a storage can be reached, without changing it.</summary>
internal static class StorageCheck
{
    private const string Name = "storage";

    public static async Task<Check> RunAsync(StudyTarget target, CancellationToken cancellation)
    {
        try
        {
            target.RequireFolder();
            using StudyTables? tables = StudyTables.Of(target.Url);
            string finding = tables is null
                ? $"{target.Url.Masked}, which is not checked here"
                : await Task.Run(tables.Describe, cancellation).WaitAsync(cancellation);
            return new Check(Name, true, finding);
        }
        catch (Exception error) when (error is UserError or TableException)
        {
            return new Check(Name, false, error.Message, WorkerExitCode.Storage);
        }
    }
}
