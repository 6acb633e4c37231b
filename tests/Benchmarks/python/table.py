"""The other side of `scripts/bench table`: an Optuna study over scikit-learn's models, on the rows and folds that it is given."""

import json
import os
import sys
import warnings

import numpy as np
import optuna
import pandas as pd
from sklearn import datasets, metrics
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.ensemble import (
    HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor)
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder


def export(folder):
    for name in ["breast_cancer", "wine", "diabetes", "digits"]:
        getattr(datasets, f"load_{name}")(as_frame=True).frame.to_csv(os.path.join(folder, f"{name}.csv"), index=False)


def suggest(trial, classes):
    """A model with what its features need; the spaces are those of lightgbm and forest on the other side."""
    texts = make_column_selector(dtype_include=object)
    numbers = make_column_selector(dtype_exclude=object)
    if trial.suggest_categorical("model", ["hgb", "forest"]) == "hgb":
        kind = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
        model = kind(
            max_iter=trial.suggest_int("hgb_iterations", 20, 1000, log=True),
            learning_rate=trial.suggest_float("hgb_learning_rate", 0.005, 0.3, log=True),
            max_leaf_nodes=trial.suggest_int("hgb_leaves", 4, 256, log=True),
            min_samples_leaf=trial.suggest_int("hgb_min_samples_leaf", 1, 100, log=True),
            l2_regularization=trial.suggest_float("hgb_l2", 1e-8, 10, log=True),
            early_stopping=False,
            random_state=0,
        )
        encode = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
        return make_pipeline(ColumnTransformer([("numbers", "passthrough", numbers), ("texts", encode, texts)]), model)
    kind = RandomForestClassifier if classes else RandomForestRegressor
    model = kind(
        n_estimators=trial.suggest_int("forest_trees", 50, 500, log=True),
        max_depth=trial.suggest_int("forest_max_depth", 3, 50, log=True),
        max_features=trial.suggest_float("forest_max_features", 0.1, 1),
        min_samples_leaf=trial.suggest_int("forest_min_samples_leaf", 1, 20, log=True),
        n_jobs=-1,
        random_state=0,
    )
    encode = make_pipeline(SimpleImputer(strategy="constant", fill_value="?"), OneHotEncoder(handle_unknown="ignore", sparse_output=False))
    return make_pipeline(
        ColumnTransformer([("numbers", SimpleImputer(strategy="mean"), numbers), ("texts", encode, texts)]), model)


def score(metric, model, rows, labels):
    if metric == "rmse":
        return metrics.mean_squared_error(labels, model.predict(rows)) ** 0.5
    if metric == "auc":
        return metrics.roc_auc_score(labels, model.predict_proba(rows)[:, 1])
    return metrics.accuracy_score(labels, model.predict(rows))


def tune(file, target, split, metric, seed, trials, timeout):
    table = pd.read_csv(file, keep_default_na=True, na_values=["NA"])
    rows, labels = table.drop(columns=[target]), table[target]
    if metric != "rmse":
        labels = labels.astype("category").cat.codes
    classes = metric != "rmse"
    with open(split) as given:
        split = json.load(given)

    def objective(trial):
        model = suggest(trial, classes)
        scores = []
        for step, fold in enumerate(split["folds"]):
            model.fit(rows.iloc[fold["train"]], labels.iloc[fold["train"]])
            scores.append(score(metric, model, rows.iloc[fold["validation"]], labels.iloc[fold["validation"]]))
            trial.report(float(np.mean(scores)), step)
            if step + 1 < len(split["folds"]) and trial.should_prune():
                raise optuna.TrialPruned()
        return float(np.mean(scores))

    study = optuna.create_study(
        direction="minimize" if metric == "rmse" else "maximize",
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.MedianPruner(),
    )
    study.optimize(objective, n_trials=trials, timeout=timeout)
    model = suggest(optuna.trial.FixedTrial(study.best_params), classes)
    model.fit(rows.iloc[split["train"]], labels.iloc[split["train"]])
    test = score(metric, model, rows.iloc[split["test"]], labels.iloc[split["test"]])
    print(json.dumps({"validation": study.best_value, "test": test, "trials": len(study.trials), "model": study.best_params["model"]}))


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    if sys.argv[1] == "export":
        export(sys.argv[2])
    else:
        tune(*sys.argv[2:6], *map(int, sys.argv[6:8]), float(sys.argv[8]))
