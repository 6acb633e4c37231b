namespace Hpo.NativeTrainer.Tables.Reading;
internal static class ParquetTableReader
{
    public static Table Read(TableFile file, TableReadOptions options) => throw new NotImplementedException();
}
