using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Reading;

namespace Hpo.NativeTrainer.Tables;

/// <summary>Reads a table from a file: CSV, also compressed with gzip, or Parquet where the file begins as one.</summary>
internal static class TableReader
{
    /// <exception cref="DataFileException">The file is missing, or not a table that can be read.</exception>
    public static Table Read(string file, TableReadOptions options)
    {
        try
        {
            var examined = TableFile.Examine(file);
            return examined.IsParquet ? ParquetTableReader.Read(examined, options) : CsvTableReader.Read(examined, options);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(file, "there is no such file.", "Check its name and its folder.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DataFileException(file, "it may not be read.", "Check its permissions.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new DataFileException(file, $"it is damaged: {exception.Message}", "Get the file again, whole.", exception);
        }
        catch (IOException exception)
        {
            throw new DataFileException(file, $"it cannot be read: {exception.Message}", "Check the disk it is on.", exception);
        }
    }
}
