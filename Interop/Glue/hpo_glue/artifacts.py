"""Files that belong to trials and studies."""

from __future__ import annotations

import inspect
from typing import Any

import optuna

from hpo_glue import features
from hpo_glue.studies import frozen


def upload(store: Any, owner: Any, path: str, mimetype: str | None, encoding: str | None) -> str:
    """``owner`` is a study or a trial."""
    function = features.find("artifacts", "upload_artifact")
    accepted = inspect.signature(inspect.unwrap(function)).parameters
    arguments = {"artifact_store": store, "file_path": path}
    if "study_or_trial" not in accepted and isinstance(owner, optuna.Study):
        raise features.missing("artifacts.upload_artifact(study_or_trial)")
    arguments["study_or_trial" if "study_or_trial" in accepted else "trial"] = owner
    for name, value in (("mimetype", mimetype), ("encoding", encoding)):
        if value is not None and name not in accepted:
            raise features.missing(f"artifacts.upload_artifact({name})")
        if value is not None:
            arguments[name] = value
    return function(**arguments)


def all_meta(owner: Any, storage: Any = None) -> list:
    """``owner`` is a study or a trial, which needs its ``storage`` where it is frozen."""
    get_all_artifact_meta = features.find("artifacts", "get_all_artifact_meta")
    metas = get_all_artifact_meta(owner, storage=storage)
    return [[meta.artifact_id, meta.filename, meta.mimetype, meta.encoding] for meta in metas]


def all_meta_of_trial(study: Any, number: int) -> list:
    return all_meta(frozen(study, number), study._storage)


def download(store: Any, artifact_id: str, path: str) -> None:
    features.find("artifacts", "download_artifact")(
        artifact_store=store, file_path=path, artifact_id=artifact_id
    )


def remove(store: Any, artifact_id: str) -> None:
    # Optuna's Backoff removes again what it has removed, and then misses it.
    getattr(store, "_backend", store).remove(artifact_id)
