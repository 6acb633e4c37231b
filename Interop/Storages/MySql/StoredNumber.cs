using System.Globalization;

namespace Hpo.Interop.Storages.MySql;

/// <summary>Numbers as Optuna's tables hold them: what SQL has no form for is NULL plus its type.</summary>
internal static class StoredNumber
{
    /// <summary>The column's value and its type's name.</summary>
    public static (object? Value, string Type) Store(double number) => number switch
    {
        double.PositiveInfinity => (null, "INF_POS"),
        double.NegativeInfinity => (null, "INF_NEG"),
        double.NaN => (null, "NAN"),
        _ => (Finite(number), "FINITE"),
    };

    /// <summary>A finite number's value in SQL. MySQL would read the driver's text of −0.0 as a whole number, which has no sign.</summary>
    public static object Finite(double number) => number == 0 && double.IsNegative(number) ? "-0" : number;

    /// <summary>The number as JSON text that Python reads as a float.</summary>
    public static string Json(double? value, string type) => type switch
    {
        "INF_POS" => "Infinity",
        "INF_NEG" => "-Infinity",
        _ => value is { } number ? Json(number) : "NaN",
    };

    private static string Json(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        // Python takes digits alone for an int.
        return text.AsSpan().IndexOfAny('.', 'E', 'N') < 0 ? text + ".0" : text;
    }
}
