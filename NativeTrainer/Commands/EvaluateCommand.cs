using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Tests a network that train saved.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<FileInfo> model = new("--model")
        {
            Description = "The safetensors file that 'train --save' wrote",
            HelpName = "file",
            Required = true,
        };
        Option<string?> folder = ImageDataOptions.Folder(
            "folder of the data set's files [default: where 'train' looks for them]");
        Option<string?> testFolder = TestFolder.Option();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("evaluate", "Test a saved network on the test images of its data set") { model, folder, testFolder, json };
        command.SetAction((parsed, cancellation) =>
        {
            var output = CommandOutput.Of(parsed, json);
            Run(parsed.GetValue(model)!.FullName, parsed.GetValue(folder), parsed.GetValue(testFolder), output, cancellation);
            return Task.FromResult(WorkerExitCode.Success);
        });
        return command;
    }

    private static void Run(string file, string? folder, string? testFolder, CommandOutput output, CancellationToken cancellation)
    {
        TorchLibrary.EnsureLoaded();
        set_num_threads(ProcessorShare.Cores);
        (FashionCnn network, ModelDescription description) = Load(file);
        using (network)
        {
            ImageSource source = ImageSources.Find(description.Data)
                ?? throw new UserError($"{file}: it was trained on '{description.Data}', which this program does not know.");
            source = TestFolder.Of(source.With(description.DataOptions ?? source.Values), testFolder);
            ImageDataset test = source.LoadTest(folder, description.Images);
            Notes.Write(output, test);
            using ImageTensors tensors = ImageTensors.From(test, network.Device);
            EvaluationResult result = Evaluator.Evaluate(network, tensors, cancellation);
            if (output.Json)
                output.WriteJson(new { Data = source.Name, Model = file, Test = EvaluationPart.From(result, test.ClassNames) });
            else
                EvaluationReport.Write(output.Results, result, test.ClassNames);
        }
    }

    private static (FashionCnn, ModelDescription) Load(string file)
    {
        try
        {
            return ModelFile.Load(file);
        }
        catch (DataFileException exception)
        {
            throw new UserError($"--model: {exception.Message}");
        }
    }
}
