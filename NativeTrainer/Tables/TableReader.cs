namespace Hpo.NativeTrainer.Tables;

/// <summary>Reads a table from a file: CSV, or Parquet where the file begins as one.</summary>
internal static class TableReader
{
    /// <exception cref="Data.DataFileException">The file is missing, or not a table that can be read.</exception>
    public static Table Read(string file, TableReadOptions options) => throw new NotImplementedException($"{file} {options}");
}
