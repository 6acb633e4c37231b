"""Prints the public names of the installed Optuna: modules' members, and classes' members and attributes, as JSON."""

import enum
import importlib
import inspect
import json
import pkgutil
import re
import textwrap
import warnings

import optuna

warnings.simplefilter("ignore")

# Python frameworks, the command line and deprecated names: mapped as a whole.
WHOLE = {"cli", "integration", "multi_objective", "progress_bar", "testing", "version"}


def modules():
    yield "optuna", optuna
    for found in pkgutil.walk_packages(optuna.__path__, "optuna."):
        parts = found.name.split(".")[1:]
        if any(part.startswith("_") for part in parts) or parts[0] in WHOLE:
            continue
        if found.ispkg or len(parts) == 1:
            yield found.name, importlib.import_module(found.name)


def public_names(module):
    names = getattr(module, "__all__", None) or []
    own = [
        name
        for name, item in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(item) or inspect.isfunction(item))
        and item.__module__ == module.__name__
    ]
    return sorted({name for name in [*names, *own] if not name.startswith("_")})


def attributes(cls):
    """Public attributes that an initialiser sets, in this class or a base of Optuna's."""
    for base in cls.__mro__:
        if base.__module__.startswith("optuna") and "__init__" in vars(base):
            try:
                source = textwrap.dedent(inspect.getsource(vars(base)["__init__"]))
            except (OSError, TypeError):
                continue
            yield from re.findall(r"^ +self\.([a-z]\w*)(?:: [^=]+)? = ", source, re.MULTILINE)
        yield from (name for name in vars(base).get("__annotations__", {}) if base.__module__.startswith("optuna"))


def members(cls):
    if issubclass(cls, BaseException):
        return []
    if issubclass(cls, enum.Enum):
        named = list(cls.__members__)
    else:
        named = list(attributes(cls))
    inherited = [
        name
        for base in cls.__mro__
        if base.__module__.startswith("optuna")
        for name in vars(base)
    ]
    return sorted({name for name in [*named, *inherited] if not name.startswith("_")})


def names():
    seen = {}
    # The longest path last: a class is known by the module that it belongs to, not by optuna's shortcut.
    for path, module in sorted(modules(), key=lambda item: (-item[0].count("."), item[0])):
        for name in public_names(module):
            item = getattr(module, name, None)
            if item is None or inspect.ismodule(item):
                continue
            full = f"{path}.{name}"
            if not (inspect.isclass(item) or inspect.isroutine(item)):
                if path != "optuna":
                    yield full
                continue
            if not getattr(item, "__module__", "").startswith("optuna") or id(item) in seen:
                continue
            seen[id(item)] = full
            yield full
            if inspect.isclass(item):
                yield from (f"{full}.{member}" for member in members(item))
    yield from (f"optuna.{found.name}" for found in pkgutil.iter_modules(optuna.__path__) if found.name in WHOLE)


print(json.dumps(sorted(set(names()))))
