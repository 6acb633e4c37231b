using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Training;
using Microsoft.ML;

namespace Hpo.NativeTrainer.Tables.Saving;

/// <summary>Writes a trained model as ONNX, where ML.NET's converter can.</summary>
internal static class TableOnnxFile
{
    /// <exception cref="UserError">The converter cannot.</exception>
    public static void Save(string file, TablePlan plan, TrainedTable trained)
    {
        if (trained.Predictor is not MlNetPredictor)
            throw new UserError("--onnx: ML.NET's converter writes ML.NET's models only, and this one is none. Use --save, or --models without it.", WorkerExitCode.Environment);
        string[] outputs = plan.Target.Task switch
        {
            TableTask.Regression => ["Score"],
            TableTask.Binary => ["PredictedLabel", "Probability"],
            _ => ["PredictedLabel", "Score"],
        };
        using var content = new MemoryStream();
        try
        {
            var context = new MLContext();
            context.Model.ConvertToOnnx(TableModelFile.Whole(trained), trained.Pipeline.View([plan.TrainRows[0]]), content, outputs);
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw new UserError(
                $"--onnx: ML.NET's converter cannot write this model: {error.Message.Split('\n')[0]} (It lacks generalized additive models, and some texts.) " +
                "Use --save, or --models without it.", WorkerExitCode.Environment);
        }

        AtomicFile.Write(file, stream => stream.Write(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }
}
