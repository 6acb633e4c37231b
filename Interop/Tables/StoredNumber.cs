using System.Data.Common;

namespace Hpo.Interop.Tables;

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

    /// <summary>The number in a column, and in the next one its type.</summary>
    public static double Read(DbDataReader reader, int column) =>
        !reader.IsDBNull(column) ? reader.GetDouble(column) : reader.Text(column + 1) switch
        {
            "INF_POS" => double.PositiveInfinity,
            "INF_NEG" => double.NegativeInfinity,
            _ => double.NaN,
        };
}
