using CliWrap;
using CliWrap.Buffered;
using CliWrap.EventStream;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>Each mistake: a clear error, its exit code, no stack trace, nothing lost.</summary>
public sealed class BadInputTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WorkerExitCode.Usage, "--colour", "tune", "digits", "--colour")]
    [InlineData(WorkerExitCode.Usage, "must be at least 0, not 'many'", "tune", "digits", "--n-trials", "many")]
    [InlineData(WorkerExitCode.Usage, "must be one of tpe, random, grid", "tune", "digits", "--sampler", "magic")]
    [InlineData(WorkerExitCode.Usage, "must be at least 2", "tune", "digits", "--folds", "1")]
    [InlineData(WorkerExitCode.Usage, "sqlite:///", "tune", "digits", "--storage", "sqlite:/x.db")]
    [InlineData(WorkerExitCode.Usage, "port", "results", "--storage", "mysql://u@host:port/db")]
    [InlineData(WorkerExitCode.Storage, "There is no storage file", "results", "--storage", "sqlite:///missing.db")]
    [InlineData(WorkerExitCode.Storage, "No MySQL or MariaDB server answers at 127.0.0.1:1", "tune", "digits", "--storage", "mysql+pymysql://root@127.0.0.1:1/db")]
    [InlineData(WorkerExitCode.Storage, "Can't connect", "tune", "digits", "--storage-engine", "optuna", "--storage", "mysql+pymysql://root@127.0.0.1:1/db")]
    [InlineData(WorkerExitCode.Storage, "There is no folder", "tune", "digits", "--storage", "sqlite:///missing/hpo.db")]
    [InlineData(WorkerExitCode.Storage, "is a folder", "tune", "digits", "--storage", "sqlite:////tmp")]
    [InlineData(WorkerExitCode.Usage, "sqlite:///:memory: keeps its studies in the memory", "tune", "digits", "--storage", "sqlite:///:memory:")]
    [InlineData(WorkerExitCode.Usage, "sqlite:// keeps its studies in the memory", "results", "--storage", "sqlite://")]
    [InlineData(WorkerExitCode.Usage, "keeps its studies in the memory", "report", "--storage", "sqlite:///file::memory:?uri=true")]
    [InlineData(WorkerExitCode.Usage, "keeps its studies in the memory", "dashboard", "--storage", "sqlite:///:memory:")]
    [InlineData(WorkerExitCode.Usage, "Required command", "tune")]
    [InlineData(WorkerExitCode.Usage, "--lr must be a number above 0, not '0'", "train", "fashion", "--lr", "0")]
    [InlineData(WorkerExitCode.Usage, "--dropout must be in [0, 1), not '1'", "train", "fashion", "--dropout", "1")]
    [InlineData(WorkerExitCode.Usage, "must be one of ReLU, Tanh", "train", "fashion", "--activation", "GELU")]
    [InlineData(WorkerExitCode.Usage, "has 60000 training images", "train", "fashion", "--subset", "60001")]
    [InlineData(WorkerExitCode.Usage, "leaves none of 4 images", "tune", "fashion", "--subset", "4")]
    [InlineData(WorkerExitCode.Usage, "finds no CUDA device", "train", "fashion", "--subset", "9", "--device", "cuda")]
    [InlineData(WorkerExitCode.Usage, "--model: ", "evaluate", "--model", "missing.safetensors")]
    [InlineData(WorkerExitCode.Environment, "dataset-fashion-mnist", "train", "fashion", "--data", "missing")]
    [InlineData(WorkerExitCode.Environment, "train_0.npz", "tune", "corrupted-mnist", "--data", "missing")]
    [InlineData(WorkerExitCode.Failure, "cannot be written", "train", "fashion", "--save", "missing/model.safetensors")]
    [InlineData(WorkerExitCode.Failure, "cannot be written", "report", "--out", "")]
    [InlineData(WorkerExitCode.Failure, "diverged in epoch 1", "train", "fashion", "--subset", "300", "--lr", "1e30")]
    public async Task A_mistake_on_the_command_line_is_told_in_a_line(int exitCode, string message, params string[] arguments)
    {
        BufferedCommandResult result = await Programs.RunAsync(Programs.Trainer, _folder.Path, arguments);
        Refused(result, exitCode, message);
    }

    [Fact]
    public async Task A_damaged_data_file_is_told_with_its_name()
    {
        string data = Directory.CreateDirectory(_folder.File("data")).FullName;
        foreach (string file in Directory.GetFiles("/usr/share/datasets/fashion-mnist", "*.gz"))
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        string labels = Path.Combine(data, "train-labels-idx1-ubyte.gz");
        byte[] whole = File.ReadAllBytes(labels);
        File.WriteAllBytes(labels, whole[..(whole.Length / 2)]);

        Refused(
            await Programs.RunAsync(Programs.Trainer, _folder.Path, "train", "fashion", "--data", data),
            WorkerExitCode.Environment,
            labels);
    }

    [Fact]
    public async Task An_unknown_study_is_told_with_those_that_exist()
    {
        await Programs.RunAsync(Programs.Trainer, _folder.Path, "tune", "digits", "--n-trials", "1", "--study", "known");
        Refused(
            await Programs.RunAsync(Programs.Trainer, _folder.Path, "results", "--study", "unknown"),
            WorkerExitCode.Storage,
            "There is no study 'unknown' in the storage. It holds: known.");
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_it()
    {
        server.Require();
        string url = server.Url("any", password: "wrong-4711");
        foreach (string[] arguments in (string[][])[["tune", "digits"], ["results"], ["doctor"]])
        {
            BufferedCommandResult result = await Programs.RunAsync(
                Programs.Trainer, _folder.Path, [.. arguments, "--storage", url]);
            result.ExitCode.Should().Be(WorkerExitCode.Storage);
            string text = result.StandardOutput + result.StandardError;
            text.Should().Contain("1045").And.NotContain("4711").And.NotContain("   at ");
        }
    }

    [Fact]
    public async Task A_study_that_minimises_is_not_maximised()
    {
        string url = $"sqlite:///{_folder.File("hpo.db")}";
        await PythonOracle.RunAsync(
            "import sys, optuna; optuna.create_study(study_name='digits', storage=sys.argv[1], direction='minimize')", url);
        Refused(
            await Programs.RunAsync(Programs.Trainer, _folder.Path, "tune", "digits"),
            WorkerExitCode.Usage,
            "The study 'digits' exists with the direction minimize, and maximize was asked for.");
    }

    [Fact]
    public async Task A_study_of_other_settings_is_not_mixed()
    {
        await Programs.RunAsync(Programs.Trainer, _folder.Path, "tune", "digits", "--n-trials", "1");
        Refused(
            await Programs.RunAsync(Programs.Trainer, _folder.Path, "tune", "digits", "--n-trials", "1", "--folds", "3"),
            WorkerExitCode.Usage,
            "other settings");
    }

    [Fact]
    public async Task No_Python_is_told_with_what_was_tried_and_the_remedy()
    {
        foreach (string[] arguments in (string[][])[["tune", "digits"], ["results", "--storage", "mysql://root@127.0.0.1:1/x"]])
        {
            BufferedCommandResult result = await Programs.Command(Programs.Trainer, _folder.Path, arguments)
                .WithEnvironmentVariables(variables => variables.Set(PythonLocator.Variable, "/nowhere/python3"))
                .ExecuteBufferedAsync();
            Refused(result, WorkerExitCode.Environment, "/nowhere/python3 (HPO_PYTHON): there is no such file");
            result.StandardError.Should().Contain("apt-get install python3-optuna");
        }
    }

    [Fact]
    public async Task A_Python_without_Optuna_is_told_with_the_command_that_installs_it()
    {
        string without = _folder.File("python3");
        _folder.WriteProgram("python3", $"#!/bin/sh\nexec {Programs.Python} -S \"$@\"\n");
        BufferedCommandResult result = await Programs.Command(Programs.Trainer, _folder.Path, "doctor")
            .WithEnvironmentVariables(variables => variables.Set(PythonLocator.Variable, without))
            .ExecuteBufferedAsync();
        result.ExitCode.Should().Be(WorkerExitCode.Environment);
        result.StandardOutput.Should().Contain($"'{without} -m pip install optuna'").And.Contain("ok    storage");
    }

    [Fact]
    public async Task A_PYTHONHOME_without_Pythons_own_modules_is_named()
    {
        BufferedCommandResult result = await Programs.Command(Programs.Trainer, _folder.Path, "tune", "digits")
            .WithEnvironmentVariables(variables => variables.Set("PYTHONHOME", _folder.Path))
            .ExecuteBufferedAsync();
        Refused(result, WorkerExitCode.Environment, $"PYTHONHOME is set to {_folder.Path}: unset it");
    }

    [Fact]
    public async Task An_engine_that_does_not_exist_is_told()
    {
        BufferedCommandResult result = await Programs.Command(Programs.Trainer, _folder.Path, "tune", "digits")
            .WithEnvironmentVariables(variables => variables.Set("HPO_PYTHON_ENGINE", "jython"))
            .ExecuteBufferedAsync();
        Refused(result, WorkerExitCode.Environment, "'jython'");
    }

    [Fact]
    public async Task An_interrupt_in_the_middle_leaves_no_trial_running()
    {
        string url = $"sqlite:///{_folder.File("hpo.db")}";
        int exitCode = -1, processId = 0;
        await foreach (CommandEvent happened in Programs.Command(
                           Programs.Trainer, _folder.Path, "tune", "digits", "--n-trials", "100000").ListenAsync())
        {
            switch (happened)
            {
                case StartedCommandEvent started:
                    processId = started.ProcessId;
                    break;
                case StandardErrorCommandEvent line when line.Text.StartsWith("trial 2:", StringComparison.Ordinal):
                    await Cli.Wrap("kill").WithArguments(["-INT", $"{processId}"]).ExecuteAsync();
                    break;
                case ExitedCommandEvent exited:
                    exitCode = exited.ExitCode;
                    break;
            }
        }

        exitCode.Should().Be(WorkerExitCode.Interrupted);
        string states = await PythonOracle.RunAsync(
            "import sys, optuna; print(' '.join(t.state.name for t in optuna.load_study(study_name='digits', storage=sys.argv[1]).trials))",
            url);
        states.Split(' ', StringSplitOptions.TrimEntries).Should().HaveCountGreaterThanOrEqualTo(3)
            .And.OnlyContain(state => state == "COMPLETE" || state == "FAIL");
    }

    private static void Refused(BufferedCommandResult result, int exitCode, string message)
    {
        result.StandardError.Should().Contain(message).And.NotContain("   at ").And.NotContain("Traceback");
        result.ExitCode.Should().Be(exitCode, result.StandardError);
        result.StandardOutput.Should().BeEmpty();
    }
}
