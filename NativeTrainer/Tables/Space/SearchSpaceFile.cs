using System.Text.Json;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Space;

/// <summary>
/// A JSON object that narrows a search space: by a hyperparameter's name a range <c>[low, high]</c>, a list of choices, or one
/// value that it is fixed to.
/// </summary>
internal sealed class SearchSpaceFile
{
    private readonly Dictionary<string, Narrowing> _given;

    private SearchSpaceFile(Dictionary<string, Narrowing> given, string text) => (_given, Text) = (given, text);

    /// <summary>The object, in one line, for a study to keep.</summary>
    public string Text { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="DataFileException">It is not there, or no such object.</exception>
    public static SearchSpaceFile Read(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(file, error.Message, "Check --space.", error);
        }
    }

    /// <param name="text">The JSON object.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <exception cref="DataFileException">It is no such object.</exception>
    public static SearchSpaceFile Parse(string text, string source)
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };
        try
        {
            using var document = JsonDocument.Parse(text, options);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                throw new DataFileException(source, "it holds no JSON object.", "Write { \"lightgbm_leaves\": [8, 64] }.");
            Dictionary<string, Narrowing> given = document.RootElement.EnumerateObject()
                .ToDictionary(part => part.Name, part => Narrowing.Of(part.Name, part.Value, source));
            return new SearchSpaceFile(given, JsonSerializer.Serialize(document.RootElement));
        }
        catch (JsonException error)
        {
            throw new DataFileException(source, $"it is no JSON: {error.Message}", "Write { \"lightgbm_leaves\": [8, 64] }.", error);
        }
    }

    public Narrowing? Find(string name) => _given.GetValueOrDefault(name);

    /// <summary>Checks each part against the whole search space.</summary>
    /// <exception cref="DataFileException">One names no hyperparameter, or leaves its range.</exception>
    public void Check(IReadOnlyList<Hyperparameter> all)
    {
        foreach ((string name, Narrowing given) in _given)
        {
            Hyperparameter known = all.FirstOrDefault(one => one.Name == name) ?? throw given.Error(
                $"there is no hyperparameter of that name here", $"They are {string.Join(", ", all.Select(one => one.Name).Distinct())}.");
            if (known.Choices.Count > 0) given.Choices([.. all.Where(one => one.Name == name).SelectMany(one => one.Choices).Distinct()]);
            else if (known.IsWhole) given.WholeRange((int)known.Low, (int)known.High);
            else given.Range(known.Low, known.High);
        }
    }
}
