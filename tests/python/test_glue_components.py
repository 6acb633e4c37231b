import optuna
import pytest

from hpo_glue import components, features, storages


def test_build_makes_the_named_class_with_its_arguments():
    sampler = components.build("samplers", "TPESampler", {"n_startup_trials": 3, "seed": 1})
    assert isinstance(sampler, optuna.samplers.TPESampler)
    assert sampler._n_startup_trials == 3


def test_build_follows_a_dotted_path():
    crossover = components.build("samplers.nsgaii", "BLXAlphaCrossover", {"alpha": 0.25})
    assert crossover._alpha == 0.25


@pytest.mark.parametrize(
    "kind, name, arguments, missing",
    [
        ("samplers", "NoSuchSampler", {}, "samplers.NoSuchSampler"),
        ("no_such_module", "Thing", {}, "no_such_module.Thing"),
        ("samplers", "RandomSampler", {"colour": 1}, "colour"),
    ],
)
def test_what_the_installed_optuna_lacks_is_named(kind, name, arguments, missing):
    with pytest.raises(features.FeatureMissingError, match=missing):
        components.build(kind, name, arguments)


def test_an_rdb_storage_gets_its_retry_callback(tmp_path):
    storage = components.rdb_storage(
        f"sqlite:///{tmp_path}/s.db",
        {"heartbeat_interval": 5},
        {"max_retry": 2, "inherit_intermediate_values": True},
    )
    assert storage.get_heartbeat_interval() == 5
    assert storage.get_failed_trial_callback() is not None


def test_a_journal_storage_keeps_studies_in_its_file(tmp_path):
    path = str(tmp_path / "journal.log")
    optuna.create_study(study_name="s", storage=storages.journal_file_storage(path, None, None))
    again = storages.journal_file_storage(path, None, None)
    assert [summary.study_name for summary in optuna.get_all_study_summaries(again)] == ["s"]
