"""The same random calls for two storages: what each wrote is read by both, and what each refuses is refused by the other."""

import math
import random
from datetime import datetime

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.study import StudyDirection
from optuna.trial import TrialState, create_trial

OPEN = (TrialState.RUNNING, TrialState.WAITING)
NUMBERS = [0.0, -0.0, 1.0, -2.5, 1e-300, 1.7976931348623157e308, 0.1, math.pi, float("inf"), float("-inf")]
ATTRIBUTES = [
    None, True, 1, 2.5, float("nan"), float("inf"), "Grüße 🎉 'quoted' \\ \"double\"", [1, [2, None]], {"a": {"b": 1.0}}, "",
]
KEYS = ["plain", "Grüße", "with space", "quote'd", "per%cent", "@at", "semi;colon", "k" * 512]
TOO_LONG = [("k" * 513, 1), ("large", "x" * 70_000)]
DISTRIBUTIONS = {
    "x": [FloatDistribution(-1, 1), FloatDistribution(-10, 10), FloatDistribution(0.1, 1, log=True), FloatDistribution(0, 1, step=0.25)],
    "n": [IntDistribution(0, 10), IntDistribution(1, 100, log=True), IntDistribution(0, 10, step=5)],
    "kind": [CategoricalDistribution(["a", None, 1, True, 2.5]), CategoricalDistribution(["other"])],
    "p'%;@": [FloatDistribution(0, 1)],
}


class Pair:
    """Two studies that get the same calls, each through a storage of its own kind."""

    def __init__(self, storages, seed, too_long=TOO_LONG):
        self.random = random.Random(seed)
        self.attributes = [*((key, value) for key in KEYS for value in ATTRIBUTES), *too_long * 5]
        self.storages = storages
        self.studies = {
            kind: storage.create_new_study([StudyDirection.MINIMIZE], f"{kind}-{seed}") for kind, storage in storages.items()
        }
        self.trials = {kind: [] for kind in storages}

    def call(self, name, *arguments, trial=None, **keywords):
        """Makes the call on both; what comes of it must be the same."""
        outcomes = {}
        for kind, storage in self.storages.items():
            target = self.studies[kind] if trial is None else self.trials[kind][trial]
            try:
                outcomes[kind] = getattr(storage, name)(target, *arguments, **keywords)
            except Exception as error:
                outcomes[kind] = _kind_of(error)
        return outcomes

    def make(self, template):
        outcomes = self.call("create_new_trial", template)
        if any(isinstance(outcome, str) for outcome in outcomes.values()):
            return outcomes
        for kind, trial_id in outcomes.items():
            self.trials[kind].append(trial_id)
        return None

    def is_waiting(self, trial):
        return self.storages["optuna"].get_trial(self.trials["optuna"][trial]).state == TrialState.WAITING

    def compare(self):
        """Each study is the same, whoever reads it, and both studies are the same."""
        seen = [
            [plain(trial) for trial in reader.get_all_trials(study)]
            for study in self.studies.values()
            for reader in self.storages.values()
        ]
        for other in seen[1:]:
            for one, same in zip(seen[0], other, strict=True):
                assert one == same, f"{one}\n{same}"
        for state in [*TrialState, None, OPEN]:
            counts = [reader.get_n_trials(study, state) for study in self.studies.values() for reader in self.storages.values()]
            assert len(set(counts)) == 1
        best = [best_of(reader, study) for study in self.studies.values() for reader in self.storages.values()]
        assert len(set(best)) == 1


def _kind_of(error):
    """Optuna's own class, or Python's."""
    for expected in (optuna.exceptions.StorageInternalError, KeyError, RuntimeError, ValueError):
        if isinstance(error, expected):
            return expected.__name__
    raise error


def plain(trial):
    """A trial without its key and with nan equal to itself; of its times, which test_glue_times compares, whether they are there."""
    return repr([
        trial.number, trial.state.name, trial.values, trial.datetime_start is None, trial.datetime_complete is None,
        sorted(trial.params.items(), key=_name), sorted(trial.distributions.items(), key=_name), sorted(trial.user_attrs.items()), sorted(trial.system_attrs.items()),
        sorted(trial.intermediate_values.items()),
    ])


def _name(item):
    """RDBStorage reads parameters in the order of whichever index its server takes."""
    return item[0]


def best_of(storage, study):
    try:
        return storage.get_best_trial(study).value
    except ValueError:
        return None


def template(draw):
    state = draw.choice(list(TrialState))
    names = draw.sample(sorted(DISTRIBUTIONS), draw.randint(0, 3))
    distributions = {name: DISTRIBUTIONS[name][0] for name in names}
    moment = datetime(2026, 1, 2, 3, 4, 5)
    return create_trial(
        state=state,
        value=draw.choice([0.5, -3.25, 7.0]) if state == TrialState.COMPLETE else None,
        params={name: value_of(draw, distribution) for name, distribution in distributions.items()},
        distributions=distributions,
        user_attrs={draw.choice(KEYS): draw.choice(ATTRIBUTES)},
        system_attrs={"s": draw.choice(ATTRIBUTES)},
        intermediate_values={step: draw.choice(NUMBERS) for step in draw.sample(range(5), 2)},
    ) if state != TrialState.WAITING else create_trial(state=state, system_attrs={"fixed_params": {"x": moment.second}})


def value_of(draw, distribution):
    if isinstance(distribution, CategoricalDistribution):
        return draw.choice(distribution.choices)
    return distribution.to_external_repr(draw.choice([distribution.low, distribution.high]))


def act(pair):
    draw = pair.random
    name = draw.choices(
        ["create", "template", "param", "report", "user", "system", "state", "study", "beyond"], [3, 2, 8, 6, 3, 2, 5, 1, 1]
    )[0]
    count = len(pair.trials["native"])
    trial = draw.randrange(max(0, count - 6), count) if count else None
    if name == "create" or trial is None:
        return pair.make(None)
    if name == "template":
        return pair.make(template(draw))
    if name in ("param", "report", "user", "system") and pair.is_waiting(trial):
        name = "state"  # Optuna lets nobody change more of a trial that waits
    if name == "param":
        parameter = draw.choice(sorted(DISTRIBUTIONS))
        distribution = draw.choice(DISTRIBUTIONS[parameter])
        value = distribution.to_internal_repr(value_of(draw, distribution))
        return pair.call("set_trial_param", parameter, value, distribution, trial=trial)
    if name == "report":
        return pair.call("set_trial_intermediate_value", draw.randrange(6), draw.choice([*NUMBERS, float("nan")]), trial=trial)
    if name in ("user", "system"):
        key, value = draw.choice(pair.attributes)
        return pair.call(f"set_trial_{name}_attr", key, value, trial=trial)
    if name == "state":
        state = draw.choice([*TrialState, TrialState.COMPLETE])
        values = [draw.choice([0.25, -1.0, 3.0])] if state == TrialState.COMPLETE else None
        outcomes = pair.call("set_trial_state_values", state, values, trial=trial)
        if state == TrialState.RUNNING and outcomes == {"optuna": "RuntimeError", "native": False}:
            return {side: False for side in outcomes}  # ours leaves a trial that has ended to whoever took it
        return outcomes
    if name == "study":
        kind = draw.choice(["user", "system"])
        pair.call(f"set_study_{kind}_attr", draw.choice(KEYS), draw.choice(ATTRIBUTES))
        read = pair.call(f"get_study_{kind}_attrs")
        return {side: repr(sorted(attributes.items())) for side, attributes in read.items()}
    outcomes = pair.call("get_trial_id_from_study_id_trial_number", draw.randrange(count + 3))
    return {
        side: outcome if isinstance(outcome, str) else pair.trials[side].index(outcome) for side, outcome in outcomes.items()
    }
