using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hpo.Interop.Bridge;

/// <summary>Asks a Python itself where its library is and whether Optuna can be imported, in one short run.</summary>
internal static partial class PythonProbe
{
    private const string HomeVariable = "PYTHONHOME";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const string Script =
        """
        import json, os, sys, sysconfig
        facts = {"executable": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3],
                 "bits": 64 if sys.maxsize > 2**32 else 32, "implementation": sys.implementation.name}
        folders = [sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("LIBPL"),
                   os.path.join(sys.base_prefix, "lib"), sys.base_prefix]
        names = [sysconfig.get_config_var("INSTSONAME"), sysconfig.get_config_var("LDLIBRARY"),
                 "python%d%d.dll" % sys.version_info[:2], "libpython%d.%d.dylib" % sys.version_info[:2]]
        names = [name for name in names if name and not name.endswith(".a")]
        paths = [os.path.join(folder, name) for name in names for folder in folders if folder]
        facts["library"] = next((path for path in paths if os.path.isfile(path)), None)
        try:
            if sys.argv[1] == "import":
                import optuna
                facts["optuna"] = optuna.__version__
            else:
                from importlib.util import find_spec
                found = find_spec("optuna")
                if found is None or found.origin is None:
                    raise ModuleNotFoundError("No module named 'optuna'")
                # importlib.metadata takes longer to import than all else together.
                module = {}
                with open(os.path.join(os.path.dirname(found.origin), "version.py")) as source:
                    exec(source.read(), module)
                facts["optuna"] = module["__version__"]
        except BaseException as error:
            facts["import_error"] = "%s: %s" % (type(error).__name__, error)
        print("\n" + json.dumps(facts))
        """;

    /// <summary>An installation, or the reason why there is none.</summary>
    public readonly record struct Result(PythonInstallation? Installation, string? Refusal);

    /// <param name="executable">The Python to ask.</param>
    /// <param name="import">Whether Optuna is really imported, which takes half a second. Where there is no other
    /// candidate to turn to, finding it is enough: the embedded interpreter imports it right after.</param>
    public static Result Run(string executable, bool import)
    {
        string output, errors;
        try
        {
            (output, errors) = Output(executable, import);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return Refused(File.Exists(executable) ? $"it cannot be run: {exception.Message}" : "there is no such file");
        }
        catch (TimeoutException)
        {
            return Refused($"it did not answer within {Limit.TotalSeconds:0} seconds");
        }

        Facts? facts;
        try
        {
            // The last line is ours: site customisations may print too.
            string json = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("");
            facts = JsonSerializer.Deserialize(json, FactsJson.Default.Facts);
        }
        catch (JsonException)
        {
            facts = null;
        }
        return facts is null ? Refused($"it does not answer as a Python does{FirstLine(errors)}{HomeHint()}") : Judge(executable, facts);
    }

    private static Result Judge(string executable, Facts facts)
    {
        var version = Version.Parse(facts.Version);
        if (facts.Implementation != "cpython") return Refused($"it is {facts.Implementation}, and only CPython can be embedded");
        if (version < new Version(3, 10)) return Refused($"it is Python {facts.Version}, and 3.10 is the oldest that is supported");
        if (facts.Bits != IntPtr.Size * 8) return Refused($"it is a {facts.Bits}-bit Python, and this is a {IntPtr.Size * 8}-bit process");
        if (facts.Optuna is null)
        {
            string remedy = facts.ImportError?.StartsWith("ModuleNotFoundError: No module named 'optuna'", StringComparison.Ordinal) == true
                ? $"Optuna is not installed for it ('{executable} -m pip install optuna')"
                : $"Optuna cannot be imported: {facts.ImportError}";
            return Refused($"Python {facts.Version}: {remedy}{HomeHint()}");
        }
        if (facts.Library is null)
        {
            return Refused($"Python {facts.Version} with Optuna {facts.Optuna} has no shared libpython ('apt-get install " +
                           $"libpython{version.Major}.{version.Minor}', or a Python built with --enable-shared)");
        }
        return new Result(new PythonInstallation(facts.Executable, facts.Library, facts.Version, facts.Optuna, ""), null);
    }

    private static string FirstLine(string errors) =>
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.Contains("rror", StringComparison.Ordinal)) is { } line ? $": {line}" : "";

    // Python takes its own modules from there, whatever executable was started. A virtual environment has none.
    private static string HomeHint() => Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home
        ? $". {HomeVariable} is set to {home}: unset it, since a Python finds its own modules without it (a virtual environment is named with {PythonLocator.Variable})"
        : "";

    private static (string Output, string Errors) Output(string executable, bool import)
    {
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        // OpenBLAS would start a thread for each core just to be imported.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.ArgumentList.Add(import ? "import" : "find");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!Task.WaitAll([output, errors], Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException();
        }
        process.WaitForExit();
        return (output.Result, errors.Result);
    }

    private static Result Refused(string reason) => new(null, reason);

    private sealed record Facts(
        string Executable,
        string Version,
        int Bits,
        string Implementation,
        string? Library,
        string? Optuna,
        [property: JsonPropertyName("import_error")] string? ImportError);

    // Without reflection, which takes as long to start as Python itself.
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Facts))]
    private sealed partial class FactsJson : JsonSerializerContext;
}
