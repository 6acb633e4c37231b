using System.IO.Compression;
using System.Text.Json;
using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Training;
using Microsoft.ML;

namespace Hpo.NativeTrainer.Tables.Saving;

/// <summary>
/// A trained model in ML.NET's own file, which any program with ML.NET loads; a description of it, and a model that is not
/// ML.NET's, are further entries of the same archive, which ML.NET skips.
/// </summary>
internal static class TableModelFile
{
    private const string DescriptionEntry = "hpo/model.json";

    /// <summary>Saves a model, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string file, TablePlan plan, TrainedTable trained, TableModelDescription description)
    {
        int[] sample = [plan.TrainRows[0]];
        using var archive = new MemoryStream();
        new MLContext().Model.Save(Whole(trained), trained.Pipeline.View(sample).Schema, archive);
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Update, leaveOpen: true))
        {
            using (Stream entry = zip.CreateEntry(DescriptionEntry).Open())
            using (var writer = new StreamWriter(entry))
                writer.Write(description.ToJson());
            if (trained.Predictor is ISavedPredictor predictor)
            {
                using Stream entry = zip.CreateEntry(((ILoadsPredictors)TableModels.Find(description.Model)).EntryName).Open();
                predictor.Save(entry);
            }
        }

        AtomicFile.Write(file, stream =>
        {
            archive.Position = 0;
            archive.CopyTo(stream);
        });
    }

    /// <summary>The features' transforms, and the model where it is ML.NET's.</summary>
    public static ITransformer Whole(TrainedTable trained) => trained.Predictor is MlNetPredictor model
        ? new Microsoft.ML.Data.TransformerChain<ITransformer>(trained.Pipeline.Transformer, model.Named(trained.Pipeline.Train))
        : trained.Pipeline.Transformer;

    /// <summary>Loads a model.</summary>
    /// <exception cref="DataFileException">The file is missing, or no model of this program.</exception>
    public static SavedTable Load(string file)
    {
        try
        {
            byte[] content = File.ReadAllBytes(file);
            using var archive = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            string text = System.Text.Encoding.UTF8.GetString(Bytes(archive, DescriptionEntry));
            if (TableModelDescription.VersionOf(text) is > TableModelDescription.Newest and var newer)
                throw new DataFileException(file, $"it is of form {newer}, and this program knows {TableModelDescription.Newest}.", "Use a newer NativeTrainer.");
            var description = TableModelDescription.Parse(text);
            var target = new TableTarget(description.Target, description.Task, [], description.Classes);
            ITablePredictor? predictor = TableModels.Find(description.Model) is ILoadsPredictors loads ? loads.Load(Bytes(archive, loads.EntryName), target) : null;
            ITransformer transformer = new MLContext().Model.Load(new MemoryStream(content), out _);
            return new SavedTable(description, target, transformer, predictor);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(file, "there is no such file.", "Check --model.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(file, error.Message, "Check --model.", error);
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new DataFileException(file, $"it is no model of a table: {error.Message}", "Make one: NativeTrainer results --evaluate --save model.zip", error);
        }
    }

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new InvalidDataException($"it has no entry {name}.");
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
