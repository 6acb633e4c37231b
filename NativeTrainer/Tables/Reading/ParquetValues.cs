using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The values of a column of a Parquet file, over its row groups.</summary>
internal abstract class ParquetValues
{
    /// <summary>What reads a field's values; null where they are no numbers, booleans, dates or texts.</summary>
    public static ParquetValues? For(DataField field)
    {
        Type type = field.ClrType;
        if (type == typeof(double)) return Numbers<double>(field, value => value);
        if (type == typeof(float)) return Numbers<float>(field, value => value);
        if (type == typeof(long)) return Numbers<long>(field, value => value);
        if (type == typeof(ulong)) return Numbers<ulong>(field, value => value);
        if (type == typeof(int)) return Numbers<int>(field, value => value);
        if (type == typeof(uint)) return Numbers<uint>(field, value => value);
        if (type == typeof(short)) return Numbers<short>(field, value => value);
        if (type == typeof(ushort)) return Numbers<ushort>(field, value => value);
        if (type == typeof(sbyte)) return Numbers<sbyte>(field, value => value);
        if (type == typeof(byte)) return Numbers<byte>(field, value => value);
        if (type == typeof(decimal)) return Numbers<decimal>(field, value => (double)value);
        if (type == typeof(TimeSpan)) return Numbers<TimeSpan>(field, value => value.TotalSeconds);
        if (type == typeof(TimeOnly)) return Numbers<TimeOnly>(field, value => value.ToTimeSpan().TotalSeconds);
        if (type == typeof(DateTime)) return Dates<DateTime>(field, value => value);
        if (type == typeof(DateTimeOffset)) return Dates<DateTimeOffset>(field, value => value.UtcDateTime);
        if (type == typeof(DateOnly)) return Dates<DateOnly>(field, value => value.ToDateTime(TimeOnly.MinValue));
        if (type == typeof(bool)) return new StructValues<bool>(field, ColumnKind.Boolean, null, value => value ? "true" : "false");
        if (type == typeof(Guid)) return new StructValues<Guid>(field, null, null, value => value.ToString());
        return type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? new StringValues(field) : null;
    }

    public abstract Task ReadAsync(ParquetRowGroupReader rows);

    public abstract TableColumn Make(ColumnReading column, ColumnMaker maker);

    private static TableColumn MakeOfTexts(ColumnReading column, ColumnMaker maker, List<string?> texts)
    {
        ColumnCells? cells = column.Given switch
        {
            ColumnKind.Number => new NumberCells(maker.Format, texts.Count),
            ColumnKind.Date => new DateCells(isDayFirst: false, texts.Count),
            _ => new LevelCells(texts.Count, wordsMayBeMissing: false),
        };
        while (cells is not null)
        {
            column.Cells = cells;
            foreach (string? text in texts) cells.Add(text);
            cells = column.Next(maker.Format, texts.Count);
        }
        return maker.Make(column);
    }

    private static StructValues<T> Numbers<T>(DataField field, Func<T, double> number)
        where T : struct, IFormattable => new(
            field, ColumnKind.Number, number, value => value.ToString("G", CultureInfo.InvariantCulture));

    private static StructValues<T> Dates<T>(DataField field, Func<T, DateTime> date)
        where T : struct => new(
            field, ColumnKind.Date, value => DateFormat.Days(date(value)), value => date(value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));

    /// <summary>Values of a type of their own: taken as they are, unless the column's kind is given and another one.</summary>
    private sealed class StructValues<T>(
        DataField field, ColumnKind? kind, Func<T, double>? number, Func<T, string> text) : ParquetValues
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override async Task ReadAsync(ParquetRowGroupReader rows)
        {
            int count = checked((int)rows.RowCount);
            var values = new T?[count];
            if (field.IsNullable)
            {
                await rows.ReadAsync<T>(field, values.AsMemory());
            }
            else
            {
                var present = new T[count];
                await rows.ReadAsync<T>(field, present.AsMemory());
                for (int row = 0; row < count; row++) values[row] = present[row];
            }
            _values.AddRange(values);
        }

        public override TableColumn Make(ColumnReading column, ColumnMaker maker)
        {
            if (number is not null && (column.Given ?? kind) == kind)
                return maker.Note(column, new NumberColumn(column.Name, [.. _values.Select(Number)], kind!.Value), Misfits());
            return MakeOfTexts(column, maker, [.. _values.Select(value => value is { } present ? text(present) : null)]);
        }

        private double Number(T? value) => value is { } present && number!(present) is var read && double.IsFinite(read) ? read : double.NaN;

        /// <summary>Infinities; NaN is a missing value, as pandas writes it.</summary>
        private Misfits Misfits()
        {
            var misfits = new Misfits();
            for (int row = 0; row < _values.Count; row++)
            {
                if (_values[row] is { } present && double.IsInfinity(number!(present))) misfits.Add(row, text(present));
            }
            return misfits;
        }
    }

    private sealed class StringValues(DataField field) : ParquetValues
    {
        private readonly List<string?> _values = [];

        public override async Task ReadAsync(ParquetRowGroupReader rows)
        {
            var values = new string?[checked((int)rows.RowCount)];
            await rows.ReadAsync(field, values.AsMemory()!);
            _values.AddRange(values);
        }

        public override TableColumn Make(ColumnReading column, ColumnMaker maker) => MakeOfTexts(column, maker, _values);
    }
}
