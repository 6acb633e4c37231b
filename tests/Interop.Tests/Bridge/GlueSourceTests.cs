using System.Diagnostics;
using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Bridge;

/// <summary>The Python side as Python's own import sees it: in this process from memory, for a worker's script from files.</summary>
public sealed class GlueSourceTests
{
    private const string Line = "return tuple(TrialState[name.strip().upper()] for name in names)";

    private static PythonBridge Bridge => OptunaRuntime.Current.Glue.Bridge;

    [Fact]
    public void A_traceback_shows_the_lines_of_the_embedded_modules()
    {
        var budget = new GlueModule(Bridge, "budget");
        PythonCallException error = FluentActions.Invoking(() => budget.Call("counted_states", new PythonValue[] { "unknown" }))
            .Should().Throw<PythonCallException>().Which;
        error.PythonTraceback.Should().Contain(Line).And.Contain("Hpo.Interop.dll/hpo_glue/budget.py");
    }

    [Fact]
    public void Inspect_knows_the_source_of_an_embedded_module()
    {
        using PythonHandle inspect = Bridge.ImportModule("inspect"), module = Bridge.ImportModule("hpo_glue.budget");
        using PythonHandle source = Bridge.GetAttribute(inspect, "getsource");
        Bridge.Call(source, module).AsString().Should().Contain(Line);
    }

    [Fact]
    public void A_traceback_of_a_worker_script_shows_them_too()
    {
        using var folder = new TemporaryFolder();
        string script = folder.Write("script.py", "import optuna\noptuna.create_study().ask()");
        var start = new ProcessStartInfo(
            OptunaRuntime.Current.Python.Executable, [PythonWorkerScript.WriteTo(folder.File("contract")), script])
        {
            RedirectStandardError = true,
            Environment = { ["HPO_COUNT"] = "unknown" },
        };
        using Process python = Process.Start(start)!;
        python.StandardError.ReadToEnd().Should().Contain(Line).And.Contain("KeyError: 'UNKNOWN'");
    }
}
