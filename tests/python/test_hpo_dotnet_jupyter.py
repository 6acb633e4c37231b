"""C# objectives in a notebook."""

import pytest
from hosting import PRELUDE, environment

nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: apt-get install python3-nbclient")
pytest.importorskip("ipykernel", reason="ipykernel is not installed: apt-get install python3-ipykernel")

CELLS = [
    PRELUDE,
    "acme = hpo_dotnet.load(ACME)\nobjective = acme.objective('landscape')\n[str(info) for info in acme.objectives()][0]",
    "study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))\n"
    "study.optimize(objective, n_trials=10, n_jobs=2)\nlen(study.trials)",
    "acme.objective('outcome', kind='print')(optuna.trial.FixedTrial({}))",
    "acme.objective('quadratic')(study.ask())",
    # What the kernel's interrupt button sends.
    "import os, signal, threading\n"
    "class Interrupting(optuna.trial.FixedTrial):\n"
    "    def report(self, value, step): threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
    "try:\n"
    "    acme.objective('waiting')(Interrupting({}))\n"
    "except KeyboardInterrupt:\n"
    "    print('interrupted')",
    "acme.objective('outcome', kind='throw')(optuna.trial.FixedTrial({}))",
]


def test_a_notebook_runs_studies_is_interrupted_and_shows_csharp_errors(monkeypatch):
    import nbformat

    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()

    outputs = ["".join(str(output.get("text") or output.get("data") or output) for output in cell.outputs) for cell in notebook.cells]
    assert "Acme.PriceModel: The error of the price model" in outputs[1]
    assert "10" in outputs[2]
    assert "{'text/plain': '0.0'}" in outputs[3]
    assert "text/plain" in outputs[4]
    assert outputs[5] == "interrupted\n"
    assert "DotNetError" in outputs[6] and "at Acme.Outcome.Evaluate" in outputs[6]
