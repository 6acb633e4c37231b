using System.CommandLine;
using Hpo.NativeTrainer.Tables;

namespace Hpo.NativeTrainer.Commands;

/// <summary>How a table's file is written, where that is not to be inferred.</summary>
internal sealed class TableFormOptions
{
    private readonly Option<string?> _separator = new("--separator")
    {
        Description = "What parts the fields of a line, one character or 'tab' [default: inferred]",
        HelpName = "character",
    };

    private readonly Option<string?> _decimal = new("--decimal") { Description = "What parts a number's fraction: . or , [default: inferred]", HelpName = "character" };

    public TableFormOptions()
    {
        _decimal.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value is not ("." or ",")) result.AddError($"--decimal must be . or , and not '{given.Value}'.");
        });
        _separator.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value is not ("tab" or { Length: 1 })) result.AddError($"--separator must be one character or 'tab', and not '{given.Value}'.");
        });
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_separator);
        command.Options.Add(_decimal);
    }

    public string? Separator(ParseResult parsed) => parsed.GetValue(_separator);

    public string? Decimal(ParseResult parsed) => parsed.GetValue(_decimal);

    public TableReadOptions Read(ParseResult parsed) => TableReadOptions.Of(Separator(parsed), Decimal(parsed));
}
