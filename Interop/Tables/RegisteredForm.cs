using System.Globalization;
using System.Text.Json;

namespace Hpo.Interop.Tables;

/// <summary>The form for a person that a program registered for a study's trials, with optuna-dashboard's functions.</summary>
/// <param name="Output">What becomes of what is given: "objective", the trial's values, or "user_attr", its user attributes.</param>
/// <param name="Widgets">Its fields.</param>
internal sealed record RegisteredForm(string Output, IReadOnlyList<FormWidget> Widgets)
{
    private const string Key = "dashboard:form_widgets:v2", OfAttributes = "user_attr";

    // A column of MySQL holds 65,535 bytes, and a letter of JSON has up to six.
    private const int LongestText = 10_000;

    /// <summary>Reads a study's form; null where it has none that can be shown.</summary>
    public static RegisteredForm? Of(IReadOnlyDictionary<string, object?> systemAttrs)
    {
        if (systemAttrs.GetValueOrDefault(Key) is not OrderedDictionary<string, object?> form || form.GetValueOrDefault("widgets") is not object?[] widgets) return null;
        FormWidget?[] read = [.. widgets.Select(FormWidget.Of)];
        return form.GetValueOrDefault("output_type") switch
        {
            // What cannot be shown as it is meant is a number all the same.
            "objective" => new RegisteredForm("objective", [.. read.Select(widget => widget ?? FormWidget.Number)]),
            OfAttributes when read.All(widget => widget?.Key is not null && widget.Type != OfAttributes) =>
                // An attribute is asked for once.
                new RegisteredForm(OfAttributes, [.. read.OfType<FormWidget>().DistinctBy(widget => widget.Key)]),
            _ => null,
        };
    }

    /// <summary>What a person gave, as the attributes that it becomes.</summary>
    /// <param name="given">A number or a text for each field, by the field's key.</param>
    /// <exception cref="EditRefusedException">The form is for something else, or a field is missing or does not allow what was given.</exception>
    public OrderedDictionary<string, object?> Attributes(IReadOnlyDictionary<string, JsonElement> given)
    {
        if (Output != OfAttributes) throw new EditRefusedException("The study's form is for values, not for user attributes.", isConflict: true);
        if (given.Keys.Except(Widgets.Select(widget => widget.Key)).FirstOrDefault() is { } unknown)
            throw new EditRefusedException($"The study's form has no field '{unknown}'.", isConflict: true);
        return new OrderedDictionary<string, object?>(Widgets.Select(widget => KeyValuePair.Create(widget.Key!, Attribute(widget, given))));
    }

    private static object? Attribute(FormWidget widget, IReadOnlyDictionary<string, JsonElement> given)
    {
        if (!given.TryGetValue(widget.Key!, out JsonElement value)) throw new EditRefusedException($"The field '{widget.Key}' is missing.", isConflict: true);
        double? number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        string? text = TextOf(value);
        string? wanted = widget switch
        {
            { Values: { } values } => number is { } chosen && values.Contains(chosen) ? null : $"one of {string.Join(", ", values.Select(Text))}",
            { Min: { } min, Max: { } max } => number >= min && number <= max ? null : $"a number from {Text(min)} to {Text(max)}",
            _ => text is { Length: <= LongestText } && (text.Length > 0 || widget.Optional) ? null
                : $"a text of {(widget.Optional ? 0 : 1)} to {LongestText} letters",
        };
        if (wanted is not null) throw new EditRefusedException($"'{widget.Key}' is {wanted}.", isConflict: true);
        if (number is null) return text;
        // A whole number stays one, as in optuna-dashboard.
        return value.TryGetInt64(out long whole) ? (object)whole : number;
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // JSON can hold half of a surrogate pair, which no text has.
            return null;
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A field of a form.</summary>
/// <param name="Type">"choice", "slider", "text", or "user_attr": a number that the program has put into an attribute.</param>
/// <param name="Key">The user attribute that it is about; null for none.</param>
/// <param name="Description">What to say of it, or null.</param>
/// <param name="Choices">What a choice is between, in words.</param>
/// <param name="Values">The number of each choice.</param>
/// <param name="Min">A slider's least number.</param>
/// <param name="Max">Its greatest number.</param>
/// <param name="Step">The distance between its numbers; null for any.</param>
/// <param name="Labels">What some of its numbers mean.</param>
/// <param name="Optional">Whether a text may be empty.</param>
internal sealed record FormWidget(
    string Type, string? Key, string? Description, IReadOnlyList<string>? Choices = null, IReadOnlyList<double>? Values = null,
    double? Min = null, double? Max = null, double? Step = null, IReadOnlyList<FormLabel>? Labels = null, bool Optional = false)
{
    public static readonly FormWidget Number = new("text", null, null);

    /// <summary>Reads a field; null where it is none that is known.</summary>
    public static FormWidget? Of(object? value)
    {
        if (value is not OrderedDictionary<string, object?> widget) return null;
        var plain = new FormWidget(widget.GetValueOrDefault("type") as string ?? "", TextOf("user_attr_key"), TextOf("description"));
        switch (plain.Type)
        {
            case "choice" when widget.GetValueOrDefault("choices") is object?[] choices && widget.GetValueOrDefault("values") is object?[] values && values.Length == choices.Length
                && choices.All(choice => choice is string) && values.All(choice => NumberOf(choice) is not null):
                return plain with { Choices = [.. choices.Cast<string>()], Values = [.. values.Select(choice => NumberOf(choice)!.Value)] };
            case "slider" when Named("min") is { } min && Named("max") is { } max && min <= max:
                return plain with { Min = min, Max = max, Step = Named("step") is > 0 and var step ? step : null, Labels = [.. LabelsOf(widget.GetValueOrDefault("labels"))] };
            case "text":
                return plain with { Optional = widget.GetValueOrDefault("optional") is true };
            case "user_attr" when TextOf("key") is { } key:
                return plain with { Key = key };
            default:
                return null;
        }

        string? TextOf(string name) => widget.GetValueOrDefault(name) as string;

        double? Named(string name) => NumberOf(widget.GetValueOrDefault(name));
    }

    private static IEnumerable<FormLabel> LabelsOf(object? value)
    {
        foreach (object? item in value as object?[] ?? [])
        {
            if (item is OrderedDictionary<string, object?> label && NumberOf(label.GetValueOrDefault("value")) is { } at && label.GetValueOrDefault("label") is string text)
                yield return new FormLabel(at, text);
        }
    }

    private static double? NumberOf(object? value) => value switch
    {
        long whole => whole,
        double number when double.IsFinite(number) => number,
        _ => null,
    };
}

/// <summary>What a slider's number means.</summary>
/// <param name="Value">The number.</param>
/// <param name="Text">What it means.</param>
internal sealed record FormLabel(double Value, string Text);
