using Hpo.Tests;

namespace Hpo.Interop.Tests;

public sealed class PythonLocatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _good = OptunaRuntime.Current.Python.Executable;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_Python_without_Optuna_on_the_path_is_passed_over()
    {
        string without = WithoutOptuna("first");
        Directory.CreateDirectory(_folder.File("second"));
        File.CreateSymbolicLink(_folder.File("second/python3"), _good);

        PythonInstallation found = PythonLocator.Find(null, Variables(("PATH", $"{without}:{_folder.File("second")}")));

        found.Origin.Should().Be("PATH");
        found.OptunaVersion.Should().Be(OptunaRuntime.Current.Python.OptunaVersion);
    }

    [Fact]
    public void A_folder_that_stands_on_the_path_under_two_names_is_asked_once()
    {
        string without = WithoutOptuna("real");
        Directory.CreateSymbolicLink(_folder.File("other"), without);

        IReadOnlyList<PythonCandidate> asked = FluentActions
            .Invoking(() => PythonLocator.Find(null, Variables(("PATH", $"{without}:{_folder.File("other")}")), []))
            .Should().Throw<PythonNotFoundException>().Which.Candidates;

        asked.Should().ContainSingle().Which.Path.Should().Be(Path.Combine(without, "python3"));
    }

    [Fact]
    public void The_option_comes_before_the_variable_and_the_variable_before_the_path()
    {
        PythonLocator.Find(_good, Variables(("HPO_PYTHON", "/nowhere"))).Origin.Should().Be("the option");
        PythonLocator.Find(null, Variables(("HPO_PYTHON", _good), ("PATH", "/nowhere"))).Origin.Should().Be("HPO_PYTHON");
    }

    [Fact]
    public void A_named_Python_that_cannot_be_used_is_not_replaced_by_another()
    {
        PythonNotFoundException error = FluentActions
            .Invoking(() => PythonLocator.Find(null, Variables(("HPO_PYTHON", "/nowhere/python3"), ("PATH", Path.GetDirectoryName(_good)!))))
            .Should().Throw<PythonNotFoundException>().Which;
        error.Candidates.Should().ContainSingle();
        error.Message.Should().Contain("/nowhere/python3 (HPO_PYTHON): there is no such file");
    }

    [Fact]
    public void Every_candidate_is_listed_with_the_reason_and_the_remedy()
    {
        string without = WithoutOptuna("bare");
        string broken = Program("broken", "python3", "#!/bin/sh\necho not a python\n");
        string old = Program("old", "python3",
            """
            #!/bin/sh
            echo '{"executable": "/old", "version": "3.7.1", "bits": 64, "implementation": "cpython"}'
            """);
        string dead = Program("dead", "python3", "#!/bin/nowhere\n");

        foreach ((string folder, string reason) in new[]
        {
            (without, "Optuna is not installed"),
            (broken, "does not answer as a Python does"),
            (old, "Python 3.7.1, and 3.10 is the oldest"),
            (dead, "cannot be run"),
        })
        {
            string python = Path.Combine(folder, "python3");
            FluentActions.Invoking(() => PythonLocator.Find(python, Variables()))
                .Should().Throw<PythonNotFoundException>().WithMessage($"*{python}*{reason}*pip install optuna*HPO_PYTHON*");
        }
    }

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    // The real interpreter without its site packages, and without those that the environment names.
    private string WithoutOptuna(string name) => Program(name, "python3", $"#!/bin/sh\nexec {_good} -E -S \"$@\"\n");

    private string Program(string folder, string name, string content)
    {
        _folder.WriteProgram(Path.Combine(folder, name), content);
        return _folder.File(folder);
    }
}
