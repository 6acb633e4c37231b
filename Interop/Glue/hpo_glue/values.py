"""Values that cross the border. Knows no Optuna."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def index_of(value: Any, choices: list) -> int:
    """``list.index`` that tells True from 1 and 1 from 1.0, and finds nan."""
    for index, choice in enumerate(choices):
        if choice is value:
            return index
    for index, choice in enumerate(choices):
        if type(choice) is type(value) and (choice == value or (choice != choice and value != value)):
            return index
    return choices.index(value)


def readable(text: str) -> str:
    """Half of a surrogate pair, as in a file name that is not UTF-8, is no text outside Python: it is replaced, as C# does."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def plain(value: Any) -> Any:
    """The value in types that cross; what has none (such as a sampler's own objects) as its text."""
    if isinstance(value, str):
        return readable(value)
    if value is None or isinstance(value, (bool, bytes)):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, float):
        return value
    if isinstance(value, Mapping):  # a running trial's attributes are no dict
        return {readable(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    item = getattr(value, "item", None)  # a numpy scalar
    return plain(item()) if callable(item) else repr(value)


def time_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def time_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
