using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Plan;

public sealed class WorkerResolverTests : IDisposable
{
    private const string Python = "/opt/python";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _beside = new();
    private readonly List<PlanFault> _faults = [];

    public void Dispose()
    {
        _folder.Dispose();
        _beside.Dispose();
    }

    [Fact]
    public void An_executable_is_run_as_it_is()
    {
        string program = _folder.WriteProgram("bin/trainer");

        Resolve("bin/trainer").Should().BeEquivalentTo(new { Program = program, Name = "trainer", LeadingArguments = Array.Empty<string>() });
        Resolve(program)!.Program.Should().Be(program);
    }

    [Fact]
    public void An_assembly_is_run_by_dotnet()
    {
        string assembly = _folder.Write("trainer.dll", "");

        var command = Resolve("trainer.dll")!;

        Path.GetFileName(command.Program).Should().Be("dotnet");
        command.ArgumentsWith(["a"]).Should().Equal(assembly, "a");
    }

    [Fact]
    public void A_project_is_to_be_built_first()
    {
        string project = _folder.Write("trainer/trainer.csproj", "");

        Resolve("trainer/trainer.csproj")!.Project.Should().Be(project);
        Resolve("./trainer")!.Project.Should().Be(project);
        Resolve("trainer")!.Project.Should().Be(project);
    }

    [Fact]
    public void A_script_is_run_by_the_python_that_has_optuna()
    {
        string script = _folder.Write("trainer.py", "");

        var command = Resolve("trainer")!;

        command.Program.Should().Be(Python);
        command.LeadingArguments.Should().Equal(script);
        Resolve("trainer.py").Should().BeEquivalentTo(command);
    }

    [Fact]
    public void A_script_without_any_python_is_a_fault_of_the_environment()
    {
        _folder.Write("trainer.py", "");
        var resolver = new WorkerResolver(_folder.Path, _beside.Path, () => PythonLocator.Find("/no/such/python").Executable);

        resolver.Resolve("trainer.py", _faults.Add).Should().BeNull();

        var fault = _faults.Should().ContainSingle().Which;
        fault.ExitCode.Should().Be(WorkerExitCode.Environment);
        fault.Message.Should().Contain("/no/such/python");
    }

    [Fact]
    public void A_command_is_found_on_the_path()
    {
        Path.GetFileName(Resolve("dotnet")!.Program).Should().StartWith("dotnet");
    }

    [Fact]
    public void A_program_beside_the_launcher_is_found_by_its_name()
    {
        string program = _beside.WriteProgram("my-native-trainer");

        Resolve("my-native-trainer")!.Program.Should().Be(program);
    }

    [Fact]
    public void An_installed_program_comes_before_a_local_one_and_says_so()
    {
        string program = _beside.WriteProgram("my-native-trainer");
        _folder.Write("my-native-trainer.py", "");

        var command = Resolve("my-native-trainer")!;

        command.Program.Should().Be(program);
        command.Ambiguity.Should().Be("./my-native-trainer.py");
    }

    [Fact]
    public void A_worker_that_is_nowhere_is_a_fault_that_names_where_it_was_looked_for()
    {
        Resolve("no-such-worker").Should().BeNull();

        _faults.Should().ContainSingle().Which.Message.Should()
            .Contain("PATH").And.Contain(_beside.Path).And.Contain(_folder.Path).And.Contain("no-such-worker.csproj");
    }

    [Theory]
    [InlineData("./no-such-worker")]
    [InlineData("no-such-worker.dll")]
    [InlineData("")]
    public void A_path_that_leads_nowhere_is_a_fault(string word)
    {
        Resolve(word).Should().BeNull();

        _faults.Should().ContainSingle().Which.ExitCode.Should().Be(WorkerExitCode.Usage);
    }

    [Fact]
    public void A_file_that_is_not_executable_is_a_fault_with_its_remedy()
    {
        string file = _folder.Write("trainer", "");

        Resolve("./trainer").Should().BeNull();

        _faults.Should().ContainSingle().Which.Message.Should().Contain($"chmod +x {file}");
    }

    private WorkerCommand? Resolve(string word) => new WorkerResolver(_folder.Path, _beside.Path, () => Python).Resolve(word, _faults.Add);
}
