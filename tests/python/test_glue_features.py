import re

import optuna
import pytest

from hpo_glue import features


def test_what_is_missing_is_named_with_the_version_that_has_it(monkeypatch):
    monkeypatch.setattr(optuna, "__version__", "3.1.0")
    assert str(features.missing("samplers.NSGAIISampler(mutation)")) == (
        "samplers.NSGAIISampler of Optuna 3.1.0 has no parameter mutation: install Optuna 5.0 or later."
    )
    assert str(features.missing("samplers.TPESampler(categorical_distance_func)")).endswith("install Optuna 3.4 to 4.9.")
    assert str(features.missing("samplers.Unheard")) == "Optuna 3.1.0 has no samplers.Unheard."


@pytest.mark.parametrize(
    "feature, version",
    [
        ("terminator.Terminator", "3.2"),
        ("terminator.Terminator(min_n_trials)", "3.2"),
        ("terminator.EMMREvaluator", "4.0"),
        ("artifacts.Backoff(backend)", "3.4"),
        ("samplers.RandomSampler", None),
    ],
)
def test_a_part_is_as_old_as_what_it_belongs_to(feature, version):
    assert features.since(feature) == version


def test_no_version_that_is_told_is_older_than_the_installed_one():
    """What the installed Optuna has is not told to be missing."""
    installed = tuple(int(part) for part in optuna.__version__.split(".")[:2])
    for feature, since in features._SINCE.items():
        brought = tuple(int(part) for part in re.match(r"(\d+)\.(\d+)", since).groups())
        kind, _, name = feature.partition("(")[0].rpartition(".")
        if "(" in feature or not kind or kind[0].isupper():
            continue
        if brought > installed:
            with pytest.raises(features.FeatureMissingError, match=re.escape(since)):
                features.find(kind, name)


def needing(module, *, worded):
    """What Optuna does where it needs a module: it lets Python's error through, or words it."""

    class Component:
        def __init__(self):
            try:
                raise ModuleNotFoundError(f"No module named '{module}'", name=module)
            except ModuleNotFoundError as error:
                if worded:
                    raise ImportError(f"Tried to import '{module}' but failed.") from error
                raise

    return Component


@pytest.mark.parametrize("worded", [False, True])
@pytest.mark.parametrize(
    "module, pip, debian",
    [
        ("grpc", "grpcio", "python3-grpcio"),
        ("google.protobuf", "protobuf", "python3-protobuf"),
        ("sklearn", "scikit-learn", "python3-sklearn"),
        ("torch", "torch", "python3-torch"),
    ],
)
def test_a_package_that_optuna_needs_is_named_with_what_installs_it(monkeypatch, module, pip, debian, worded):
    monkeypatch.setattr(optuna.samplers, "Needing", needing(module, worded=worded), raising=False)
    with pytest.raises(features.FeatureMissingError) as raised:
        features.call("samplers", "Needing", {})
    assert str(raised.value) == (
        f"samplers.Needing of Optuna {optuna.__version__} needs the Python package {pip}, which is not installed. "
        f"Install it: pip install {pip}, or Debian's {debian}."
    )


def test_a_package_that_is_there_and_broken_is_told_as_python_tells_it(monkeypatch):
    def broken():
        raise ImportError("libtorch.so: undefined symbol")

    monkeypatch.setattr(optuna.samplers, "Broken", broken, raising=False)
    with pytest.raises(ImportError, match="undefined symbol"):
        features.call("samplers", "Broken", {})
