using System.Text.RegularExpressions;

namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// One change of a trial, over parameters @name. Where the server is MariaDB, every session prepares it as a block of
/// statements: the server reads no text then and answers once, with nothing where the change was made and nobody else has
/// begun a trial. Elsewhere its text is sent.
/// </summary>
internal sealed partial class TrialScript
{
    /// <param name="name">What the session calls it.</param>
    /// <param name="text">It as statements one by one, for a server that knows no blocks.</param>
    /// <param name="body">It as the inside of a block.</param>
    public TrialScript(string name, string text, string body)
    {
        string block = $"BEGIN NOT ATOMIC {body}; END";
        string quoted = Parameter.Replace(block, "?").Replace("'", "''", StringComparison.Ordinal);
        Text = text;
        Preparation = $"PREPARE {name} FROM '{quoted}'";
        Execution = $"EXECUTE {name} USING {string.Join(", ", Parameter.Matches(block).Select(match => match.Value))}";
    }

    /// <summary>The script for a session that has not prepared it.</summary>
    public string Text { get; }

    /// <summary>What prepares it.</summary>
    public string Preparation { get; }

    /// <summary>The script for a session that has prepared it.</summary>
    public string Execution { get; }

    [GeneratedRegex("@[a-z0-9]+")]
    private static partial Regex Parameter { get; }
}
