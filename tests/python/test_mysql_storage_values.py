"""Values that users really have: each is stored as RDBStorage stores it, or refused with a clear storage error."""

import warnings

import hpo_dotnet
import optuna
import pytest
from conftest import execute, fetch
from optuna.distributions import FloatDistribution
from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage
from optuna.study import StudyDirection
from optuna.trial import TrialState, create_trial

SPACE = FloatDistribution(0, 1)
ALIKE = [("lr", "LR"), ("e", "é"), ("ss", "ß")]


@pytest.fixture(params=["native", "worker"])
def storage(request, mysql_url):
    """On tables that Optuna has made with a collation which knows neither case nor accents: ours, and a worker's RDBStorage."""
    execute(mysql_url, "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
    optunas = RDBStorage(mysql_url)
    if request.param == "native":
        return hpo_dotnet.MySqlStorage(mysql_url)
    from hpo_glue.worker_storage import harden

    return harden(optunas)


@pytest.fixture
def native(mysql_url):
    return hpo_dotnet.MySqlStorage(mysql_url)


@pytest.fixture
def packets(mysql_server):
    """Limits what the server takes in one packet."""
    before = fetch(mysql_server, "SELECT @@GLOBAL.max_allowed_packet")[0][0]
    yield lambda size: execute(mysql_server, f"SET GLOBAL max_allowed_packet = {size}")
    execute(mysql_server, f"SET GLOBAL max_allowed_packet = {before}")


def new_trial(storage):
    study = storage.create_new_study([StudyDirection.MINIMIZE])
    return study, storage.create_new_trial(study)


@pytest.mark.parametrize("names", ALIKE)
def test_tables_that_we_make_tell_names_apart(native, mysql_url, names):
    study, trial = new_trial(native)
    for number, name in enumerate(names):
        native.set_trial_param(trial, name, number / 2, SPACE)
        native.set_trial_user_attr(trial, name, number)
        native.set_trial_system_attr(trial, name, number)
        native.set_study_user_attr(study, name, number)
        native.create_new_study([StudyDirection.MINIMIZE], name)
    for reader in (native, RDBStorage(mysql_url)):
        read = reader.get_trial(trial)
        assert read.params == {names[0]: 0.0, names[1]: 0.5}
        assert read.user_attrs == read.system_attrs == reader.get_study_user_attrs(study) == {names[0]: 0, names[1]: 1}
        assert [reader.get_study_name_from_id(reader.get_study_id_from_name(name)) for name in names] == list(names)


@pytest.mark.parametrize(("first", "second"), [*ALIKE, ("name", "name ")])
def test_a_name_that_the_table_takes_for_another_is_refused_before_anything_is_written(storage, mysql_url, first, second):
    """Of Optuna's own storage, which overwrites the first one, only a parameter's statements are ours."""
    is_native = not isinstance(storage, RDBStorage)
    study, trial = new_trial(storage)
    storage.set_trial_param(trial, first, 0.25, SPACE)
    refused = [lambda: storage.set_trial_param(trial, second, 0.5, SPACE)]
    if is_native:
        storage.set_trial_user_attr(trial, first, 1)
        storage.set_trial_system_attr(trial, first, 1)
        storage.set_study_user_attr(study, first, 1)
        named = storage.create_new_study([StudyDirection.MINIMIZE], first)
        refused += [
            lambda: storage.set_trial_user_attr(trial, second, 2),
            lambda: storage.set_trial_system_attr(trial, second, 2),
            lambda: storage.set_study_user_attr(study, second, 2),
            lambda: storage.create_new_study([StudyDirection.MINIMIZE], second),
        ]
    for call in refused:
        with pytest.raises(StorageInternalError, match=f"'{second}' was not stored: .*takes it for '{first}'"):
            call()
    if is_native:
        with pytest.raises(StorageInternalError, match="[Tt]wo names"):
            storage.create_new_trial(
                study, create_trial(value=1.0, params={first: 0.5, second: 0.75}, distributions={first: SPACE, second: SPACE})
            )
    for reader in (storage, RDBStorage(mysql_url)):
        read = reader.get_trial(trial)
        assert read.params == {first: 0.25}
        assert [one.number for one in reader.get_all_trials(study)] == [0]
        if is_native:
            assert read.user_attrs == read.system_attrs == reader.get_study_user_attrs(study) == {first: 1}
            assert reader.get_study_id_from_name(first) == named
    # Another trial may have it: the table tells the trials apart.
    other = storage.create_new_trial(study)
    storage.set_trial_param(other, second, 0.5, SPACE)
    assert storage.get_trial(other).params == {second: 0.5}


@pytest.mark.parametrize("step", [-(2**31), 2**31 - 1])
def test_the_outermost_steps_are_stored(native, mysql_url, step):
    _, trial = new_trial(native)
    native.set_trial_intermediate_value(trial, step, 0.5)
    assert RDBStorage(mysql_url).get_trial(trial).intermediate_values == native.get_trial(trial).intermediate_values == {step: 0.5}


@pytest.mark.parametrize("step", [2**31, -(2**31) - 1, 2**63, 10**30])
def test_a_step_that_the_column_cannot_hold_is_refused_by_both(native, mysql_url, step):
    for storage in (native, RDBStorage(mysql_url)):
        study, trial = new_trial(storage)
        with pytest.raises(StorageInternalError, match=f"{step} does not fit" if storage is native else ""):
            storage.set_trial_intermediate_value(trial, step, 0.5)
        with pytest.raises(StorageInternalError):
            storage.create_new_trial(study, create_trial(value=1.0, intermediate_values={step: 0.5}))
        assert storage.get_trial(trial).intermediate_values == {}


def test_whole_numbers_are_names_as_for_optuna_and_nothing_else_is(native, mysql_url):
    for storage in (RDBStorage(mysql_url), native):
        study, trial = new_trial(storage)
        for key in (3, True):
            storage.set_trial_user_attr(trial, key, "value")
            storage.set_study_user_attr(study, key, "value")
        assert storage.get_trial(trial).user_attrs == storage.get_study_user_attrs(study) == {"3": "value", "1": "value"}
    for key in (None, 2.5, b"bytes", ("a",)):
        for refuse in (
            lambda: native.set_trial_user_attr(trial, key, 1),
            lambda: native.set_trial_system_attr(trial, key, 1),
            lambda: native.set_study_system_attr(study, key, 1),
            lambda: native.create_new_trial(study, create_trial(value=1.0, user_attrs={key: 1})),
        ):
            with pytest.raises(StorageInternalError, match="is no name"):
                refuse()


def test_no_values_and_no_directions_are_stored_as_optuna_stores_them(native, mysql_url):
    optunas = RDBStorage(mysql_url)
    for storage in (optunas, native):
        study, trial = new_trial(storage)
        storage.set_trial_state_values(trial, TrialState.COMPLETE, [])
        undirected = storage.create_new_study([])
        for reader in (optunas, native):
            assert [one.values for one in reader.get_all_trials(study)] == [None]
            assert reader.get_study_directions(undirected) == []


@pytest.mark.parametrize("size", [70_000, 20_000_000])
def test_a_value_that_is_too_large_is_refused_by_both(native, mysql_url, size):
    for storage in (native, RDBStorage(mysql_url)):
        study, trial = new_trial(storage)
        for store in (
            lambda: storage.set_trial_user_attr(trial, "large", "x" * size),
            lambda: storage.set_study_user_attr(study, "large", "x" * size),
            lambda: storage.create_new_trial(study, create_trial(value=1.0, user_attrs={"large": "x" * size})),
        ):
            with pytest.raises(StorageInternalError):
                store()
        assert storage.get_trial(trial).user_attrs == storage.get_study_user_attrs(study) == {}
        assert len(storage.get_all_trials(study)) == 1


def test_a_template_that_one_packet_cannot_hold_is_stored_whole(native, packets, mysql_url):
    large = {f"k{number}": "x" * 50_000 for number in range(40)}
    packets(1 << 20)
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    study = storage.create_new_study([StudyDirection.MINIMIZE])
    trial = storage.create_new_trial(study, create_trial(value=1.0, user_attrs=large))
    assert RDBStorage(mysql_url).get_trial(trial).user_attrs == native.get_trial(trial).user_attrs == large


def test_many_waiting_trials_go_through_small_packets(packets, mysql_url):
    packets(16384)
    study = optuna.create_study(storage=hpo_dotnet.MySqlStorage(mysql_url), sampler=optuna.samplers.RandomSampler())
    for start in range(0, 1500, 300):
        waiting = ", ".join(f"({number}, {study._study_id}, 'WAITING')" for number in range(start, start + 300))
        execute(mysql_url, f"INSERT INTO trials (number, study_id, state) VALUES {waiting}")
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=3)
    assert [trial.state.name for trial in study.trials[:4]] == ["COMPLETE"] * 3 + ["WAITING"]


def test_the_callback_for_stale_trials_has_both_of_its_names(mysql_url):
    def callback(study, trial):
        """Never called."""

    for name in ("heartbeat_stale_trial_callback", "failed_trial_callback"):
        storage = hpo_dotnet.MySqlStorage(mysql_url, heartbeat_interval=60, **{name: callback})
        assert storage.get_failed_trial_callback() is callback
    with pytest.raises(ValueError, match="only one"):
        hpo_dotnet.MySqlStorage(mysql_url, heartbeat_stale_trial_callback=callback, failed_trial_callback=callback)


def test_heartbeats_are_announced_as_experimental_where_optuna_does(mysql_url):
    told = []
    for make in (RDBStorage, hpo_dotnet.MySqlStorage):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            make(mysql_url, heartbeat_interval=60)
        told.append([str(one.message) for one in caught if one.category is optuna.exceptions.ExperimentalWarning])
    assert told[0] == told[1]
