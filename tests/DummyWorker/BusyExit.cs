using Hpo.Interop;
using Python.Runtime;

namespace Hpo.DummyWorker;

/// <summary>Ends while studies run on threads of their own, half of which use pythonnet.</summary>
internal static class BusyExit
{
    private const int Studies = 4;

    public static int Run()
    {
        OptunaRuntime.Current.StartPythonNet();
        using var run = new CountdownEvent(Studies);
        for (int number = 0; number < Studies; number++)
        {
            bool usesPythonNet = number % 2 == 0;
            new Thread(() => Optimize(usesPythonNet, run)) { IsBackground = true }.Start();
        }

        run.Wait();
        return WorkerExitCode.Success;
    }

    /// <summary>Ends the process while this thread holds the GIL.</summary>
    public static int WithGil()
    {
        OptunaRuntime.Current.StartPythonNet();
        using (Py.GIL()) Environment.Exit(WorkerExitCode.Failure);
        return WorkerExitCode.Success;
    }

    private static void Optimize(bool usesPythonNet, CountdownEvent run)
    {
        using Study study = Study.Create();
        study.Optimize(
            trial =>
            {
                if (trial.Number == 3) run.Signal();
                return usesPythonNet ? WithPythonNet(trial) : trial.SuggestFloat("x", 0, 1);
            },
            new OptimizeOptions());
    }

    private static double WithPythonNet(Trial trial)
    {
        using (Py.GIL())
        {
            using PyObject python = trial.PythonObject;
            dynamic same = python;
            return (double)same.suggest_float("x", 0.0, 1.0);
        }
    }
}
