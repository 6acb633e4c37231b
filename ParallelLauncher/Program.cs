return await Hpo.ParallelLauncher.Commands.LauncherProgram.RunAsync(args);
