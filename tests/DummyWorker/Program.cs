using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hpo.DummyWorker;
using Hpo.Interop;

// A worker for the launcher's tests: its first argument says how it behaves.
return args switch
{
    ["exit", var code] => int.Parse(code, CultureInfo.InvariantCulture),
    ["lines", var count] => Lines(int.Parse(count, CultureInfo.InvariantCulture)),
    ["echo", .. var words] => Echo(words),
    ["environment"] => PrintEnvironment(),
    ["fail-first", var starts, var code] => FailFirst(starts, code),
    ["wait-for-interrupt"] => WaitForInterrupt(),
    ["ignore-interrupt"] => Ignore(PosixSignal.SIGINT),
    ["ignore-all"] => Ignore(PosixSignal.SIGINT, PosixSignal.SIGTERM),
    ["grandchild"] => StartGrandchild(),
    ["write-trials", var url, var study, var writers] => TrialWriter.Run(url, study, int.Parse(writers, CultureInfo.InvariantCulture)),
    ["exit-busy"] => BusyExit.Run(),
    ["exit-with-gil"] => BusyExit.WithGil(),
    ["optimize", .. var rest] => Trials.Run(rest),
    _ => WorkerExitCode.Usage,
};

static int Lines(int count)
{
    for (int i = 0; i < count; i++)
    {
        Console.Out.WriteLine(FormattableString.Invariant($"out {i}"));
        Console.Error.WriteLine(FormattableString.Invariant($"err {i}"));
    }

    return WorkerExitCode.Success;
}

static int Echo(string[] words)
{
    Console.Out.WriteLine(JsonSerializer.Serialize(words));
    return WorkerExitCode.Success;
}

static int PrintEnvironment()
{
    var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);
    Console.Out.WriteLine(JsonSerializer.Serialize(variables));
    return WorkerExitCode.Success;
}

static int FailFirst(string starts, string code)
{
    int restart = WorkerEnvironment.Read().Restart;
    Console.Out.WriteLine(FormattableString.Invariant($"start {restart}"));
    return restart < int.Parse(starts, CultureInfo.InvariantCulture) ? int.Parse(code, CultureInfo.InvariantCulture) : WorkerExitCode.Success;
}

static int WaitForInterrupt()
{
    using var interrupted = new ManualResetEventSlim();
    int interrupts = 0;
    using var registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        Interlocked.Increment(ref interrupts);
        interrupted.Set();
    });
    Ready();
    interrupted.Wait();
    Console.Out.WriteLine(FormattableString.Invariant($"interrupts: {interrupts}"));
    return WorkerExitCode.Success;
}

static int Ignore(params PosixSignal[] signals)
{
    var registrations = signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Console.Out.WriteLine($"ignored {signal}");
    })).ToArray();
    Ready();
    Thread.Sleep(Timeout.Infinite);
    GC.KeepAlive(registrations);
    return WorkerExitCode.Success;
}

static int StartGrandchild()
{
    using var child = Process.Start(new ProcessStartInfo("sleep", ["1000"]))!;
    Console.Out.WriteLine(FormattableString.Invariant($"grandchild {child.Id}"));
    Ready();
    Thread.Sleep(Timeout.Infinite);
    return WorkerExitCode.Success;
}

static void Ready() => Console.Out.WriteLine(FormattableString.Invariant($"ready {Environment.ProcessId}"));
