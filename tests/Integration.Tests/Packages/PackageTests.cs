using System.IO.Compression;
using CliWrap.Buffered;
using Hpo.Integration.Tests.Reporting;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Packages;

/// <summary>The packages, consumed from a folder by projects outside the clone as their users do.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly PackageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_from_the_template_runs_under_the_launcher_from_its_package()
    {
        await _folder.PackAsync("Interop", "ParallelLauncher", "templates");
        CheckLibrary();

        await _folder.DotnetAsync("new", "install", _folder.Package($"Hpo.Templates.{PackageFolder.Version}.nupkg"));
        await _folder.DotnetAsync("new", "hpo-worker", "-n", "myworker");
        await _folder.DotnetAsync("build", "myworker", "--property", "TreatWarningsAsErrors=true");
        string launcher = await _folder.InstallToolAsync("ParallelLauncher");

        string worker = Directory.GetFiles(_folder.File("myworker"), "myworker.dll", SearchOption.AllDirectories)
            .First(file => file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"));
        await ShouldPrint("trials, best ", launcher, worker, "--num_parallel", "2", "--total-trials", "6");
    }

    [Fact]
    public async Task The_trainer_from_its_package_learns_with_both_libraries_that_it_carries()
    {
        await _folder.PackAsync("NativeTrainer");
        string trainer = await _folder.InstallToolAsync("NativeTrainer");

        await ShouldPrint("best: trial ", trainer, "tune", "digits", "--n-trials", "2", "--folds", "2");
        await ShouldPrint("test accuracy: ", trainer, "train", "fashion", "--epochs", "1", "--subset", "1000");
    }

    [Fact]
    public async Task The_dashboard_from_its_package_serves_studies_without_Python()
    {
        string storage = $"sqlite:///{_folder.File("studies.db")}";
        await PythonOracle.RunAsync("import sys, optuna; optuna.create_study(study_name='s', storage=sys.argv[1]).enqueue_trial({})", storage);
        await _folder.PackAsync("Dashboard");
        string program = await _folder.InstallToolAsync("Dashboard", "hpo-dashboard");

        await using RunningDashboard dashboard = await RunningDashboard.StartProgramAsync(program, storage, "--importance", "none");
        (await dashboard.GetTextAsync("/api/studies")).Should().Contain("\"name\":\"s\"").And.Contain("\"WAITING\":1");
        (await dashboard.SnapshotAsync("s")).Should().Contain("\"state\":\"WAITING\"");
    }

    [Fact]
    public async Task A_project_writes_the_report_of_a_study()
    {
        await _folder.PackAsync("Interop", "Interop.DataFrames", "Interop.Reporting");
        _folder.WriteProject("reports", "Hpo.Interop.Reporting");
        _folder.Write(
            "reports/Program.cs",
            """
            using Hpo.Interop;
            using Hpo.Interop.Reporting;

            using Study study = Study.Create();
            study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 7);
            study.SaveReport("report.html");
            Console.WriteLine($"{File.ReadAllText("report.html").Split("\"number\":").Length - 1} trials");
            """);
        await ShouldPrint("7 trials", "dotnet", "run", "--project", "reports");
    }

    [Fact]
    public async Task A_project_reads_a_study_as_a_data_frame()
    {
        await _folder.PackAsync("Interop", "Interop.DataFrames");
        _folder.WriteProject("frames", "Hpo.Interop.DataFrames");
        _folder.Write(
            "frames/Program.cs",
            """
            using Hpo.Interop;
            using Hpo.Interop.DataFrames;

            using Study study = Study.Create();
            study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 7);
            Console.WriteLine($"{study.TrialsTable().ToDataFrame().Rows.Count} rows");
            """);
        await ShouldPrint("7 rows", "dotnet", "run", "--project", "frames");
    }

    private async Task ShouldPrint(string text, string program, params string[] arguments)
    {
        BufferedCommandResult run = await Programs.RunAsync(program, _folder.Path, arguments);
        run.ExitCode.Should().Be(0, run.StandardOutput + run.StandardError);
        run.StandardOutput.Should().Contain(text);
    }

    private void CheckLibrary()
    {
        using ZipArchive library = ZipFile.OpenRead(_folder.Package($"Hpo.Interop.{PackageFolder.Version}.nupkg"));
        library.Entries.Select(entry => entry.FullName).Should().Contain(
            ["PACKAGE.md", "lib/net10.0/Hpo.Interop.dll", "lib/net10.0/Hpo.Interop.xml"]);
        using var reader = new StreamReader(library.GetEntry("Hpo.Interop.nuspec")!.Open());
        reader.ReadToEnd().Should().Contain("<license type=\"expression\">MIT</license>").And.Contain("<readme>PACKAGE.md</readme>")
            .And.Contain("<dependency id=\"pythonnet\" version=\"3.2.1\"");
        using ZipArchive symbols = ZipFile.OpenRead(_folder.Package($"Hpo.Interop.{PackageFolder.Version}.snupkg"));
        symbols.Entries.Select(entry => entry.FullName).Should().Contain("lib/net10.0/Hpo.Interop.pdb");
    }
}
