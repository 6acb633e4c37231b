"""What the native MySQL storage does with studies themselves, and how it asks the C# side."""

from __future__ import annotations

import json
import logging
import os
import threading
import uuid
from typing import Any, Callable, Sequence

import optuna
from optuna.storages import BaseStorage
from optuna.storages._base import DEFAULT_STUDY_NAME_PREFIX
from optuna.study import StudyDirection
from optuna.study._frozen import FrozenStudy

from hpo_glue.mysql_columns import name_of
from hpo_glue.retry import is_retry, with_retries

_USER, _SYSTEM = False, True
_DUPLICATE_KEY = 1062

_logger = logging.getLogger("optuna.hpo.storage")


class MySqlFault(optuna.exceptions.StorageInternalError):
    """What the server, or the way to it, did not do."""

    def __init__(self, facts: dict) -> None:
        super().__init__(facts["text"])
        self.code: int = facts["code"]
        self.is_transient: bool = facts["is_transient"]


class MySqlStudies(BaseStorage):
    """The part of the storage that knows no trials.

    :param functions: The native storage's functions.
    """

    def __init__(self, functions: dict[str, Callable[..., Any]]) -> None:
        self._functions = functions
        self._process = os.getpid()
        self._facts: dict[int, tuple[str, list[StudyDirection]]] = {}
        self._thread = threading.local()

    def forget_study(self, study_id: int) -> None:
        """After its end."""
        self._facts.pop(study_id, None)

    def create_new_study(self, directions: Sequence[StudyDirection], study_name: str | None = None) -> int:
        name = DEFAULT_STUDY_NAME_PREFIX + str(uuid.uuid4()) if study_name is None else name_of(study_name)
        names = [StudyDirection(direction).name for direction in directions]
        try:
            study_id = self._made("create_study", name, names)
        except MySqlFault as fault:
            if fault.code != _DUPLICATE_KEY:
                raise
            raise optuna.exceptions.DuplicatedStudyError(
                f"Another study with name '{name}' already exists. Please specify a different name, or reuse the "
                "existing one by setting `load_if_exists` (for Python API) or `--skip-if-exists` flag (for CLI)."
            ) from None
        self._facts[study_id] = (name, list(directions))
        _logger.info("A new study created in MySQL with name: %s", name)
        return study_id

    def delete_study(self, study_id: int) -> None:
        self.forget_study(study_id)
        if not with_retries(lambda: self._ask("delete_study", study_id) or is_retry()):
            raise no_study(study_id)

    def set_study_user_attr(self, study_id: int, key: str, value: Any) -> None:
        self._set_study_attr(study_id, _USER, key, value)

    def set_study_system_attr(self, study_id: int, key: str, value: Any) -> None:
        self._set_study_attr(study_id, _SYSTEM, key, value)

    def get_study_id_from_name(self, study_name: str) -> int:
        study_id = self._call("find_study", name_of(study_name))
        if study_id is None:
            raise KeyError(f"There is no study with name '{study_name}'.")
        return study_id

    def get_study_name_from_id(self, study_id: int) -> str:
        return self._facts_of(study_id)[0]

    def get_study_directions(self, study_id: int) -> list[StudyDirection]:
        return list(self._facts_of(study_id)[1])

    def get_study_user_attrs(self, study_id: int) -> dict[str, Any]:
        return self._study_attrs(study_id, _USER)

    def get_study_system_attrs(self, study_id: int) -> dict[str, Any]:
        return self._study_attrs(study_id, _SYSTEM)

    def get_all_studies(self) -> list[FrozenStudy]:
        return [
            FrozenStudy(
                study_name=name,
                direction=None,
                directions=[StudyDirection[direction] for direction in directions],
                user_attrs={key: json.loads(text) for key, text in user.items()},
                system_attrs={key: json.loads(text) for key, text in system.items()},
                study_id=study_id,
            )
            for study_id, name, directions, user, system in json.loads(self._call("all_studies"))
        ]

    def _set_study_attr(self, study_id: int, is_system: bool, key: str, value: Any) -> None:
        if not self._call("set_study_attribute", study_id, is_system, name_of(key), json.dumps(value)):
            raise no_study(study_id)

    def _study_attrs(self, study_id: int, is_system: bool) -> dict[str, Any]:
        pairs = self._call("study_attributes", study_id, is_system)
        if pairs is None:
            raise no_study(study_id)
        return {key: json.loads(text) for key, text in pairs}

    def _facts_of(self, study_id: int) -> tuple[str, list[StudyDirection]]:
        known = self._facts.get(study_id)
        if known is None:
            facts = self._call("read_study", study_id)
            if facts is None:
                raise no_study(study_id)
            known = self._facts[study_id] = (facts[0], [StudyDirection[name] for name in facts[1]])
        return known

    def _ask(self, function: str, *arguments: Any) -> Any:
        if os.getpid() != self._process:
            raise RuntimeError(
                "This process was forked from the one that the storage belongs to, where .NET cannot go on. Use "
                'multiprocessing.get_context("spawn").'
            )
        answer = self._functions[function](*arguments)
        if type(answer) is not dict:
            return answer
        if answer["pending"]:
            self._thread.pending = answer["pending"]
        raise MySqlFault(answer)

    def _call(self, function: str, *arguments: Any) -> Any:
        return with_retries(self._ask, function, *arguments)

    def _made(self, function: str, *arguments: Any) -> Any:
        """Makes a row once, even where the answer to its commit was lost."""
        self._thread.pending = 0
        return with_retries(lambda: self._ask(function, *arguments, self._thread.pending))


def no_study(study_id: int) -> KeyError:
    return KeyError(f"There is no study with study_id {study_id}.")
