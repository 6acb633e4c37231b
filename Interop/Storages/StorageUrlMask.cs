using System.Text.RegularExpressions;

namespace Hpo.Interop.Storages;

/// <summary>Replaces what is secret in storage URLs by three stars.</summary>
internal static partial class StorageUrlMask
{
    private const string Stars = "***";

    [GeneratedRegex("pass|pwd|secret|token|credential|api_?key|access_?key", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    // Greedy up to the last @ of the word: a password with a raw @ in it is masked whole.
    [GeneratedRegex(@"(?<=://[^\s:/]*:)[^\s]*(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInText();

    [GeneratedRegex(@"(?<=[?&](?<name>[^\s=&]+)=)[^\s&]+", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterInText();

    /// <summary>Masks a URL that the grammar has matched.</summary>
    public static string Apply(string text, Match match)
    {
        Group password = match.Groups["password"], query = match.Groups["query"];
        // From the back, so that the earlier positions stay right.
        if (query.Success) text = text[..query.Index] + MaskQuery(query.Value);
        return password.Success ? text[..password.Index] + Stars + text[(password.Index + password.Length)..] : text;
    }

    /// <summary>Masks the passwords of everything in a text that looks like a URL.</summary>
    public static string ApplyToText(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal)) return text;
        text = PasswordInText().Replace(text, Stars);
        return ParameterInText().Replace(text, parameter =>
            IsSecret(parameter.Groups["name"].Value) ? Stars : parameter.Value);
    }

    private static string MaskQuery(string query) => string.Join('&', query.Split('&').Select(pair =>
        pair.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0 && IsSecret(pair[..equals])
            ? pair[..(equals + 1)] + Stars
            : pair));

    private static bool IsSecret(string name) => SecretName().IsMatch(PercentEncoding.DecodeQuery(name));
}
