"""A table as the objective of a study in Python."""

import random

import pytest
from hosting import run_script


@pytest.fixture
def houses(tmp_path):
    random.seed(1)
    rows = ["size,city,sea,price,luxury"]
    for _ in range(120):
        size, city, sea = random.uniform(40, 200), random.choice(["Ribe", "Odense", "Esbjerg"]), random.choice(["yes", "no"])
        price = 1000 * (size + 40 * len(city) + 50 * (sea == "yes")) + random.gauss(0, 3000)
        rows.append(f"{size:.1f},{city},{sea},{price:.0f},{'yes' if price > 370_000 else 'no'}")
    path = tmp_path / "houses.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_a_table_is_tuned_and_the_best_trial_is_tested(tmp_path, houses):
    ran = run_script(
        tmp_path,
        f"""
        settings = dict(data={str(houses)!r}, target="price", ignore=["luxury"], models=["sdca", "lightgbm"], folds=3)
        study = optuna.create_study(direction="minimize", sampler=optuna.samplers.RandomSampler(seed=3))
        study.optimize(hpo_dotnet.objective("table", **settings), n_trials=6)
        test = hpo_dotnet.objective("table", score="test", **settings)(study.best_trial)
        print(study.best_value, test, len(study.best_trial.intermediate_values), study.best_params["model"])
        """,
    )
    best, test, steps, model = ran.stdout.split()
    assert float(best) < 20_000 and float(test) < 20_000, "the prices' standard deviation is 70,000"
    assert steps == "3" and model in ("sdca", "lightgbm")


def test_two_metrics_are_two_values(tmp_path, houses):
    ran = run_script(
        tmp_path,
        f"""
        objective = hpo_dotnet.objective(
            "table", data={str(houses)!r}, target="luxury", ignore=["price"], models=["sdca"], metrics=["auc", "log-loss"], folds=3)
        study = optuna.create_study(directions=["maximize", "minimize"])
        study.optimize(objective, n_trials=3)
        print(*study.trials[0].values)
        """,
    )
    auc, loss = map(float, ran.stdout.split())
    assert 0.5 < auc <= 1 and 0 < loss < 0.7


@pytest.mark.parametrize(
    "settings, message",
    [
        ("", "data"),
        ('data=houses, target="cost"', 'it has no column "cost". '),
        ('data=houses, target="price", metrics=["auc"]', "a regression is scored by one of rmse, mae, r2"),
        ('data=houses, target="price", models=["xgboost"]', "Unknown model 'xgboost'"),
        ('data=houses, target="price", folds=1', "folds"),
        ('data="nowhere.csv", target="price"', "there is no such file"),
    ],
)
def test_mistakes_are_told(tmp_path, houses, settings, message):
    ran = run_script(
        tmp_path,
        f"""
        houses = {str(houses)!r}
        try:
            hpo_dotnet.objective("table", {settings})
        except (ValueError, TypeError) as error:
            print(error)
        """,
    )
    assert message in ran.stdout
