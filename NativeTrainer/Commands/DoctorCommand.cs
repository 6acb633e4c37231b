using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Diagnostics;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Shows what this installation can do, and how to fix what it cannot.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<string?> storage = StudyTarget.StorageOption();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("doctor", "Check the engine, Python, Optuna, native libraries, data and the storage")
        {
            storage, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            StudyTarget target = StudyTarget.Resolve(null, parsed.GetValue(storage), "doctor");
            IReadOnlyList<Check> checks =
            [
                .. PythonChecks.Run(),
                NativeLibraryChecks.LightGbm(),
                NativeLibraryChecks.TorchSharp(),
                NativeLibraryChecks.SkiaSharp(),
                .. DataChecks.Run(),
                await StorageCheck.RunAsync(target, cancellation),
                await ClusterChecks.RunAsync(),
            ];
            var output = CommandOutput.Of(parsed, json);
            if (output.Json) output.WriteJson(new DoctorDocument(checks.All(check => check.Ok), checks));
            else foreach (Check check in checks) Write(output.Results, check);
            return checks.FirstOrDefault(check => !check.Ok)?.ExitCode ?? WorkerExitCode.Success;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, Check check)
    {
        console.Markup(check.Ok ? "[green]ok[/]    " : "[red]wrong[/] ");
        console.WriteLine($"{check.Name}: {check.Finding}");
    }

    private sealed record DoctorDocument(bool Ok, IReadOnlyList<Check> Checks);
}
