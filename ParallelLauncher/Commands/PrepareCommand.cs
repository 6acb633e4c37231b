using System.CommandLine;
using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>
/// The hidden command that the launcher runs as a child of its own: creates Optuna's tables and, given directions, the
/// study. The storage is in OPTUNA_STORAGE; the answer is one line of JSON.
/// </summary>
internal static class PrepareCommand
{
    public static Command Create()
    {
        var study = new Option<string>("--study") { Required = true };
        var directions = new Option<string[]>("--direction");
        var command = new Command(StudyPreparation.CommandName, "Creates Optuna's tables and the study.") { study, directions };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            PrepareResult result = Prepare(parsed.GetValue(study)!, parsed.GetValue(directions) ?? []);
            Console.Out.WriteLine(JsonSerializer.Serialize(result, PrepareJson.Default.PrepareResult));
            return result.ExitCode;
        });
        return command;
    }

    private static PrepareResult Prepare(string name, string[] directions)
    {
        try
        {
            var storage = StorageUrl.Resolve();
            // A short process that needs no PyObject.
            OptunaRuntime.Start(new OptunaRuntimeOptions { Engine = "capi" });
            if (directions.Length == 0)
            {
                // Opening the storage creates the tables.
                Study.GetAllStudyNames(storage.Original!);
            }
            else
            {
                Study.Create(new StudyOptions
                {
                    Name = name,
                    Storage = storage.Original,
                    Directions = [.. directions.Select(direction => Enum.Parse<StudyDirection>(direction, ignoreCase: true))],
                    LoadIfExists = true,
                }).Dispose();
            }

            PythonInstallation python = OptunaRuntime.Current.Python;
            return new PrepareResult { Python = python.Executable, OptunaVersion = python.OptunaVersion };
        }
        catch (PythonStartException error)
        {
            return new PrepareResult { Error = error.Message, ExitCode = WorkerExitCode.Environment };
        }
        catch (StorageUrlException error)
        {
            return new PrepareResult { Error = error.Message, ExitCode = WorkerExitCode.Usage };
        }
        catch (OptunaException error)
        {
            return new PrepareResult { Error = error.Message, ExitCode = WorkerExitCode.Storage };
        }
        catch (Exception error)
        {
            // The launcher shows the answer only, unless this is the whole of it.
            return new PrepareResult { Error = $"The study could not be prepared: {error}", ExitCode = WorkerExitCode.Failure };
        }
    }
}
