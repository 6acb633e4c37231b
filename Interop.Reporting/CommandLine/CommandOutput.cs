using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.Interop.Tables;
using Spectre.Console;

namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>
/// Where a command writes: results to standard output, progress and messages to standard error. With --json standard
/// output holds one JSON document and nothing else.
/// </summary>
internal sealed class CommandOutput
{
    // Lines in a file or a pipe are not wrapped.
    private const int WidthOfFiles = 4096;

    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        MaxDepth = PythonJson.DeepestNesting,
        // JSON has no infinities: they are the strings "Infinity" and "-Infinity", as in a page's data.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly TextWriter _standardOutput;

    public CommandOutput(TextWriter standardOutput, TextWriter standardError, bool json)
    {
        _standardOutput = standardOutput;
        Json = json;
        Results = Console(standardOutput);
        Messages = Console(standardError);
    }

    /// <summary>That of a command.</summary>
    /// <param name="parsed">Its command line.</param>
    /// <param name="json">The option that asks for JSON, or null where it has none.</param>
    public static CommandOutput Of(ParseResult parsed, Option<bool>? json = null) => new(
        parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, json is not null && parsed.GetValue(json));

    /// <summary>Whether the results are asked for as JSON.</summary>
    public bool Json { get; }

    /// <summary>Standard output, for results that people read.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>Standard error, for progress and messages.</summary>
    public IAnsiConsole Messages { get; }

    /// <summary>Writes the one document of a command with --json; names become snake_case.</summary>
    public void WriteJson<T>(T document) => _standardOutput.WriteLine(JsonSerializer.Serialize(document, JsonFormat));

    private static IAnsiConsole Console(TextWriter writer)
    {
        var target = new AnsiConsoleOutput(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = target });
        if (!target.IsTerminal)
            console.Profile.Width = WidthOfFiles;

        return console;
    }
}
