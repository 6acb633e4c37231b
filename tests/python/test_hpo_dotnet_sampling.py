"""hpo_dotnet.samplers, hpo_dotnet.pruners and hpo_dotnet.storages: Optuna's classes, natively."""

from hosting import run_script


def output_of(folder, source, **variables):
    ended = run_script(folder, source, **variables)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.split()


def test_they_are_optunas_classes_with_their_parameters(tmp_path):
    source = """
        import inspect, hpo_dotnet.pruners, hpo_dotnet.samplers, hpo_dotnet.storages
        def parameters(cls):
            return [(each.name, each.kind, each.default) for each in inspect.signature(cls).parameters.values()]
        for kind in ("samplers", "pruners", "storages"):
            module, optunas = getattr(hpo_dotnet, kind), getattr(optuna, kind)
            for name in module.__all__:
                ours, theirs = getattr(module, name), getattr(optunas, name)
                assert issubclass(ours, theirs) and ours.__module__ == module.__name__
                assert ours.__mro__[1].__module__.startswith("hpo_glue.sampling."), ours.__mro__
                assert parameters(ours) == parameters(theirs)
                print(name)
        """
    names = output_of(tmp_path, source)
    assert {"TPESampler", "GridSampler", "BruteForceSampler", "NSGAIISampler", "MedianPruner", "HyperbandPruner", "InMemoryStorage"} <= set(names)


def test_a_study_with_them_is_the_same_and_its_sampler_goes_on_in_another_process(tmp_path):
    source = f"""
        import pickle, hpo_dotnet.pruners, hpo_dotnet.samplers
        def objective(trial):
            x = trial.suggest_float("x", -5, 5)
            for step in range(3):
                trial.report(x * x - step, step)
                if trial.should_prune():
                    raise optuna.TrialPruned
            return x * x
        studies = []
        for samplers, pruners in ((optuna.samplers, optuna.pruners), (hpo_dotnet.samplers, hpo_dotnet.pruners)):
            study = optuna.create_study(sampler=samplers.TPESampler(seed=1), pruner=pruners.MedianPruner())
            study.optimize(objective, n_trials=40)
            studies.append([(trial.params, trial.state) for trial in study.trials])
        assert studies[0] == studies[1]
        pickle.dump((study.sampler, study.pruner, study.trials), open({str(tmp_path / "state")!r}, "wb"))
        """
    output_of(tmp_path, source)
    source = f"""
        import pickle
        sampler, pruner, trials = pickle.load(open({str(tmp_path / "state")!r}, "rb"))
        study = optuna.create_study(sampler=sampler, pruner=pruner)
        study.add_trials(trials)
        study.optimize(lambda trial: trial.suggest_float("x", -5, 5), n_trials=2)
        print(type(sampler).__module__, len(study.trials))
        """
    assert output_of(tmp_path, source) == ["hpo_dotnet.samplers", "42"]


def test_the_environment_turns_them_off(tmp_path):
    source = """
        import hpo_dotnet.samplers
        print(hpo_dotnet.samplers.TPESampler.__mro__[1].__module__)
        """
    assert output_of(tmp_path, source, HPO_NATIVE_SAMPLING="off") == ["optuna.samplers._tpe.sampler"]


def test_a_forked_process_samples_with_optunas_own_code(tmp_path):
    source = """
        import os, hpo_dotnet.samplers
        study = optuna.create_study(sampler=hpo_dotnet.samplers.TPESampler(seed=1))
        study.optimize(lambda trial: trial.suggest_float("x", -5, 5), n_trials=15)
        child = os.fork()
        study.optimize(lambda trial: trial.suggest_float("x", -5, 5), n_trials=5)
        line = repr(study.trials[-1].params) + "\\n"
        os.write(1, line.replace(" ", "").encode())
        if not child:
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        """
    first, second = output_of(tmp_path, source)
    assert first == second
