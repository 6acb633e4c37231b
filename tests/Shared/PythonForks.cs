using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Hpo.Tests;

/// <summary>
/// One Python that imports Optuna, which takes a second, and runs each script in a fork of itself, which takes none. It ends
/// with this process, whose end closes its input.
/// </summary>
internal sealed class PythonForks
{
    private const string Server =
        """
        import json, os, sys, threading, traceback
        import optuna

        def run(request):
            child = os.fork()
            if child == 0:
                become(request)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            os.write(1, f"{request['Id']} {code}\n".encode())

        def become(request):
            code = 1
            try:
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                for stream, file in (1, request["Output"]), (2, request["Error"]):
                    os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream)
                sys.argv = ["-c", *request["Arguments"]]
                exec(compile(request["Script"], "<script>", "exec"), {"__name__": "__main__"})
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)

        for line in sys.stdin:
            threading.Thread(target=run, args=(json.loads(line),)).start()
        """;

    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _running = new();
    private readonly Process _python;
    private int _lastId;

    public PythonForks(string executable)
    {
        _python = Process.Start(new ProcessStartInfo(executable, ["-c", Server])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _python.OutputDataReceived += (_, line) => Ended(line.Data);
        _python.BeginOutputReadLine();
    }

    /// <summary>Runs a script and gives its standard output; the arguments are in <c>sys.argv[1:]</c>.</summary>
    /// <exception cref="InvalidOperationException">The script failed: its standard error.</exception>
    public async Task<string> RunAsync(string script, string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var request = new Request(Interlocked.Increment(ref _lastId), script, arguments, folder.File("output"), folder.File("error"));
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[request.Id] = ended;
        lock (_python)
        {
            _python.StandardInput.WriteLine(JsonSerializer.Serialize(request));
            _python.StandardInput.Flush();
        }

        int exitCode = await ended.Task;
        return exitCode == 0
            ? await File.ReadAllTextAsync(request.Output)
            : throw new InvalidOperationException($"exit code {exitCode}: {await File.ReadAllTextAsync(request.Error)}");
    }

    private void Ended(string? line)
    {
        if (line?.Split(' ') is [var id, var exitCode])
        {
            _running.TryRemove(int.Parse(id, CultureInfo.InvariantCulture), out TaskCompletionSource<int>? ended);
            ended!.SetResult(int.Parse(exitCode, CultureInfo.InvariantCulture));
            return;
        }

        foreach (TaskCompletionSource<int> lost in _running.Values)
            lost.TrySetException(new InvalidOperationException("The Python that runs the scripts has ended: see standard error."));
    }

    private sealed record Request(int Id, string Script, string[] Arguments, string Output, string Error);
}
