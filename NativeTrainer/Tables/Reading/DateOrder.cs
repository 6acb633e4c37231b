namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>Counts which order of days and months the dates of a column allow.</summary>
internal struct DateOrder
{
    private long _monthFirst;
    private long _dayFirst;
    private long _ambiguous;

    public long Present { get; private set; }

    /// <summary>How many are dates in the order that more of them allow.</summary>
    public readonly long Fitting => Math.Max(_monthFirst, _dayFirst);

    public readonly bool IsDayFirst => _dayFirst > _monthFirst;

    /// <summary>Whether dates such as 1/2/2024 occur and no other one shows what comes first.</summary>
    public readonly bool IsAmbiguous => _ambiguous > 0 && _dayFirst == _monthFirst;

    /// <summary>Whether nearly all values are dates, and it shows whether days or months come first.</summary>
    public readonly bool AreDates => ColumnCells.IsNearlyAll(Fitting, Present) && !IsAmbiguous;

    public void Add(DateValue date, long times = 1)
    {
        Present += times;
        if (!double.IsNaN(date.MonthFirst)) _monthFirst += times;
        if (!double.IsNaN(date.DayFirst)) _dayFirst += times;
        if (date.IsAmbiguous) _ambiguous += times;
    }
}
