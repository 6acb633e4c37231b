using System.Globalization;
using System.Text.Json;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Space;

/// <summary>What a file says of one hyperparameter.</summary>
internal sealed class Narrowing
{
    private readonly string _name;
    private readonly string _source;
    private readonly double[]? _numbers;
    private readonly string[]? _words;

    private Narrowing(string name, string source, double[]? numbers, string[]? words) =>
        (_name, _source, _numbers, _words) = (name, source, numbers, words);

    /// <exception cref="DataFileException">It is neither a range nor a choice.</exception>
    public static Narrowing Of(string name, JsonElement given, string source)
    {
        JsonElement[] parts = given.ValueKind is JsonValueKind.Array ? [.. given.EnumerateArray()] : [given];
        if (parts.Length > 0 && parts.All(part => part.ValueKind is JsonValueKind.String))
            return new Narrowing(name, source, null, [.. parts.Select(part => part.GetString()!)]);
        if (parts.Length is 1 or 2 && parts.All(part => part.ValueKind is JsonValueKind.Number))
            return new Narrowing(name, source, [.. parts.Select(part => part.GetDouble())], null);
        throw new DataFileException(
            source, $"'{name}' is {given.GetRawText()}.", "Write a range [low, high], a list of names, or one value.");
    }

    /// <summary>The range that is left.</summary>
    public (double Low, double High) Range(double low, double high)
    {
        if (_numbers is null) throw Error("it is a number", "Write a range [low, high], or one number.");
        (double least, double most) = (_numbers[0], _numbers[^1]);
        return least <= most && least >= low && most <= high ? (least, most)
            : throw Error(FormattableString.Invariant($"[{least}, {most}] is no part of its range"), FormattableString.Invariant($"Stay in [{low}, {high}]."));
    }

    /// <summary>The range of whole numbers that is left.</summary>
    public (int Low, int High) WholeRange(int low, int high)
    {
        (double least, double most) = Range(low, high);
        return least == Math.Floor(least) && most == Math.Floor(most) ? ((int)least, (int)most) : throw Error("it is a whole number", "Write whole numbers.");
    }

    /// <summary>The choices that are left, in the order of the file.</summary>
    public IReadOnlyList<string> Choices(IReadOnlyList<string> all)
    {
        if (_words is null) throw Error("it is a choice", $"Write names out of {string.Join(", ", all)}.");
        return _words.All(all.Contains) ? _words
            : throw Error($"it has no choice '{_words.First(word => !all.Contains(word))}'", $"Write names out of {string.Join(", ", all)}.");
    }

    public DataFileException Error(string problem, string remedy) =>
        new(_source, string.Create(CultureInfo.InvariantCulture, $"'{_name}': {problem}."), remedy);
}
