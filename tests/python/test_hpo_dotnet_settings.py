"""Keyword arguments become settings of a C# objective."""

from enum import Enum
from pathlib import Path

import hpo_dotnet
import numpy
import pytest
from optuna.trial import FixedTrial

DEFAULTS = "flag=True count=3 large=5000000000 share=0.5 half=0.5 rounding=ToEven other_rounding=null limit=null note=null \
sizes=null words=null optimizer=adam"


def settings_of(acme, **settings):
    trial = FixedTrial({})
    acme.objective("every-setting", name="n", **settings)(trial)
    names = ["name", *(pair.partition("=")[0] for pair in DEFAULTS.split())]
    return dict(zip(names, trial.user_attrs["settings"].split(" ")))


def test_settings_that_are_left_out_have_their_defaults(acme):
    expected = {"name": "n", **dict(pair.split("=") for pair in DEFAULTS.split())}
    assert settings_of(acme) == expected


@pytest.mark.parametrize(
    "name, value, expected",
    [
        ("flag", False, "False"),
        ("count", -7, "-7"),
        ("count", numpy.int64(9), "9"),
        ("large", 2**62, str(2**62)),
        ("share", 0, "0"),
        ("share", numpy.float64(0.25), "0.25"),
        ("half", 0.25, "0.25"),
        ("rounding", "half_up", "HalfUp"),
        ("rounding", "HalfUp", "HalfUp"),
        ("other_rounding", "to_even", "ToEven"),
        ("limit", 4, "4"),
        ("limit", None, "null"),
        ("note", "text", "text"),
        ("note", Path("a") / "b", "a/b"),
        ("sizes", [1, 2, 3], "1+2+3"),
        ("sizes", (4, 5), "4+5"),
        ("words", ["a", "b"], "a+b"),
        ("optimizer", "sgd", "sgd"),
    ],
)
def test_a_value_arrives(acme, name, value, expected):
    assert settings_of(acme, **{name: value})[name] == expected


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"flag": 1}, r"'flag' takes a bool, and got 1 \(an int\)"),
        ({"count": True}, r"'count' takes an int .*, and got True \(a bool\)"),
        ({"count": 2.0}, r"'count' takes an int .*, and got 2.0 \(a float\)"),
        ({"count": "3"}, r"'count' takes an int .*, and got '3' \(a str\)"),
        ({"count": None}, "'count' takes an int .*, and got None"),
        ({"count": 2**31}, "'count' takes an int from -2147483648 to 2147483647, and got 2147483648"),
        ({"large": 2**63}, "'large' is 9223372036854775808, which does not fit into 64 bits"),
        ({"share": 1.0}, "'share' takes a float from 0 to below 1, and got 1.0"),
        ({"share": "half"}, "'share' takes a float from 0 to below 1, and got 'half'"),
        ({"rounding": "up"}, "'rounding' takes one of 'half_up', 'to_even', and got 'up'"),
        ({"optimizer": "lion"}, "'optimizer' takes one of 'adam', 'sgd', and got 'lion'"),
        ({"sizes": [1, "2"]}, r"'sizes' takes a list\[int\] | None, and got \[1, '2'\]"),
        ({"words": "ab"}, r"'words' takes a list\[str\]"),
        ({"note": b"x"}, "'note' is a bytes: settings are"),
        ({"note": Enum}, "'note' is a EnumMeta|'note' is a EnumType"),
        ({"colour": 1}, r"there is no setting 'colour'.*Settings: name: str, flag: bool = True"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_type_and_range(acme, settings, message):
    with pytest.raises(hpo_dotnet.SettingsError, match=message):
        acme.objective("every-setting", name="n", **settings)


def test_a_missing_setting_is_named(acme):
    with pytest.raises(hpo_dotnet.SettingsError, match=r"the setting 'name' \(a str\) is missing"):
        acme.objective("every-setting")


def test_all_faults_are_told_at_once(acme):
    with pytest.raises(hpo_dotnet.SettingsError, match=r"'folds' takes.*from 2 to 20, and got 1 \(an int\); .*'rounding' takes one of"):
        acme.objective("Acme.PriceModel", folds=1, rounding="down")


def test_other_limits_of_csharp_hold_too(acme):
    with pytest.raises(hpo_dotnet.SettingsError, match="name.*maximum length of 8"):
        acme.objective("every-setting", name="much too long")


def test_settings_errors_are_type_errors_and_value_errors(acme):
    assert issubclass(hpo_dotnet.SettingsError, TypeError) and issubclass(hpo_dotnet.SettingsError, ValueError)


def test_an_unknown_objective_is_answered_with_those_that_there_are(acme):
    with pytest.raises(hpo_dotnet.UnknownObjectiveError, match="no objective 'nope'. It has: Acme.PriceModel, burn, .*quadratic"):
        acme.objective("nope")


def test_objectives_are_listed_with_their_settings_and_docs(acme):
    price = acme.objectives()[0]
    assert (price.name, price.description) == ("Acme.PriceModel", "The error of the price model, to be minimised")
    folds, rounding = price.settings
    assert folds == hpo_dotnet.Setting(
        name="folds",
        type="int",
        required=False,
        default=5,
        description="Folds of the cross-validation",
        minimum=2,
        maximum=20,
        choices=None,
    )
    assert (rounding.type, rounding.default, rounding.choices) == ("str", "half_up", ("half_up", "to_even"))
    assert str(price).splitlines() == [
        "Acme.PriceModel: The error of the price model, to be minimised",
        "    folds: int = 5  # Folds of the cross-validation; from 2 to 20",
        "    rounding: str = 'half_up'  # How prices are rounded; one of 'half_up', 'to_even'",
    ]


def test_every_type_of_setting_is_named_as_python_names_it(acme):
    every = next(info for info in acme.objectives() if info.name == "every-setting")
    assert {setting.name: setting.type for setting in every.settings} == {
        "name": "str",
        "flag": "bool",
        "count": "int",
        "large": "int",
        "share": "float",
        "half": "float",
        "rounding": "str",
        "other_rounding": "str | None",
        "limit": "int | None",
        "note": "str | None",
        "sizes": "list[int] | None",
        "words": "list[str] | None",
        "optimizer": "str",
    }
    assert [setting.name for setting in every.settings if setting.required] == ["name"]
