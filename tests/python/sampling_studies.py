"""Studies that a sampler and its model must run alike: what is random in them depends on a seed only."""

import random
import warnings

import optuna
from optuna.trial import TrialState, create_trial


def outcome(study):
    """All that a study has."""
    return [(t.number, t.state, t.params, t.distributions, t.values, t.system_attrs) for t in study.trials]


def both(model, ours, run):
    """The results of a run with each sampler; an exception is a result."""
    results = []
    for make in (model, ours):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            results.append(run(make))
    return results


def interleave(study, samplers, objective, steps, seed, added=()):
    """Workers ask and tell in turn: some of their trials overlap, and some fail or are pruned."""
    random_steps = random.Random(seed)
    workers = [optuna.load_study(study_name=study.study_name, storage=study._storage, sampler=sampler) for sampler in samplers]
    errors, begun = [], []
    for trial in added:
        study.add_trial(trial)
    for _ in range(steps):
        worker = random_steps.choice(workers)
        if begun and random_steps.random() < 0.5:
            owner, trial, value = begun.pop(random_steps.randrange(len(begun)))
            state = random_steps.choices(
                [TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAIL], weights=[8, 1, 1]
            )[0]
            _keep(errors, lambda: owner.tell(trial, value if state is TrialState.COMPLETE else None, state=state))
            continue
        trial = _keep(errors, worker.ask)
        if trial is not None:
            value = _keep(errors, lambda: objective(trial))
            begun.append((worker, trial, 0.0 if value is None else value))
    return outcome(study), errors


def _keep(errors, action):
    try:
        return action()
    except Exception as error:
        errors.append((type(error).__name__, str(error)))
        return None


def finished(params, distributions, state=TrialState.COMPLETE, **more):
    value = 1.0 if state is TrialState.COMPLETE else None
    return create_trial(state=state, value=value, params=params, distributions=distributions, **more)
