namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>
/// How many numbers show which mark parts their fraction. "1.5" shows a point; "1.234" may also be a thousand in groups,
/// and counts only where nothing else shows it.
/// </summary>
internal struct NumberMarks
{
    /// <summary>Numbers that only a decimal point explains.</summary>
    public long Point;

    /// <summary>Numbers that only a decimal comma explains.</summary>
    public long Comma;

    /// <summary>Numbers with a decimal point, or thousands in groups with points between.</summary>
    public long PointOrGroups;

    /// <summary>Numbers with a decimal comma, or thousands in comma-separated groups.</summary>
    public long CommaOrGroups;

    public void Add(in NumberMarks other, long times = 1)
    {
        Point += other.Point * times;
        Comma += other.Comma * times;
        PointOrGroups += other.PointOrGroups * times;
        CommaOrGroups += other.CommaOrGroups * times;
    }

    /// <summary>Whether nothing shows what a mark in "1,234" or, where commas are to be expected, in "1.234" parts.</summary>
    public readonly bool IsUnclear(char separator) =>
        Comma == Point && (CommaOrGroups > 0 || (PointOrGroups > 0 && separator == ';'));

    /// <summary>The decimal mark of the file: a semicolon between fields is there because the comma is in the numbers.</summary>
    public readonly char Decide(char separator) =>
        Comma > Point || (Comma == Point && separator == ';' && CommaOrGroups > PointOrGroups) ? ',' : '.';
}
