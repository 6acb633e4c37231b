"""scripts/count-tests against reports in the very form that xunit v3 and pytest write them."""
import subprocess
import sys
from pathlib import Path

import pytest

COUNT_TESTS = Path(__file__).parents[2] / "scripts" / "count-tests"

XUNIT = """<assemblies schema-version="3"><assembly name="A.dll" total="4" passed="1" failed="1" skipped="1" not-run="1">
  <errors>{errors}</errors>
  <collection><test name="Good" result="Pass" /><test name="Later" result="Skip"><reason>why</reason></test>
  <test name="By hand" result="NotRun" />{failed}</collection></assembly></assemblies>"""
XUNIT_FAILED = '<test name="Bad" result="Fail"><failure><message>it broke\nhere</message></failure></test>'
XUNIT_ERROR = '<error type="fixture-cleanup" name="Server"><failure><message>would not stop</message></failure></error>'
XUNIT_EMPTY = '<assemblies schema-version="3"><assembly name="A.dll" total="0" /></assemblies>'


class Steps:
    """The steps of a run, written as scripts/test writes them."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._lines: list[str] = []

    def add(self, name: str, exit_code: int, report: str | None = None) -> None:
        """A step with a report of the given text, or one that should have written a report and did not."""
        path = self._folder / f"{name}.xml"
        if report is not None:
            path.write_text(report)
        self._lines.append(f"{name}\t{exit_code}\t{path}\n")

    def add_check(self, name: str, exit_code: int) -> None:
        self._lines.append(f"{name}\t{exit_code}\t-\n")

    def count(self) -> tuple[str, str, int]:
        """The last line, everything above it, and the exit code."""
        results = self._folder / "results.tsv"
        results.write_text("".join(self._lines))
        run = subprocess.run([sys.executable, COUNT_TESTS, results], capture_output=True, text=True, check=False)
        assert run.stderr == ""
        above, _, last = run.stdout.rstrip("\n").rpartition("\n")
        return last, above, run.returncode


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    return Steps(tmp_path)


def test_passed_and_skipped_tests_of_all_steps_are_added_up(steps: Steps) -> None:
    steps.add_check("build", 0)
    steps.add("A", 0, XUNIT.format(failed="", errors=""))
    steps.add("B", 0, XUNIT.format(failed="", errors=""))
    last, _, exit_code = steps.count()
    assert (last, exit_code) == ("2 passed, 0 failed, 4 skipped", 0)


def test_a_failed_test_is_counted_once_and_named_with_its_message(steps: Steps) -> None:
    steps.add("A", 1, XUNIT.format(failed=XUNIT_FAILED, errors=""))
    last, above, exit_code = steps.count()
    assert (last, exit_code) == ("1 passed, 1 failed, 2 skipped", 1)
    assert "FAILED A: Bad\n    it broke\n    here" in above


def test_an_error_outside_of_any_test_is_a_failure(steps: Steps) -> None:
    steps.add("A", 1, XUNIT.format(failed="", errors=XUNIT_ERROR))
    last, above, exit_code = steps.count()
    assert (last, exit_code) == ("1 passed, 1 failed, 2 skipped", 1)
    assert "FAILED A: fixture-cleanup Server\n    would not stop" in above


@pytest.mark.parametrize("report", [None, "", "<assemblies><assembly", "<html />"])
@pytest.mark.parametrize("exit_code", [0, 139])
def test_a_runner_without_a_readable_report_has_failed(steps: Steps, report: str | None, exit_code: int) -> None:
    steps.add("A", exit_code, report)
    steps.add("B", 0, XUNIT.format(failed="", errors=""))
    last, above, code = steps.count()
    assert (last, code) == ("1 passed, 1 failed, 2 skipped", 1)
    assert "FAILED A: A\n    ended without a readable report" in above


def test_a_runner_that_fails_after_its_last_test_has_failed(steps: Steps) -> None:
    steps.add("A", 134, XUNIT.format(failed="", errors=""))
    last, above, exit_code = steps.count()
    assert (last, exit_code) == ("1 passed, 1 failed, 2 skipped", 1)
    assert "exit code 134" in above


@pytest.mark.parametrize("exit_code", [124, 137])
def test_a_runner_that_hung_is_told_apart(steps: Steps, exit_code: int) -> None:
    steps.add("A", exit_code)
    last, above, _ = steps.count()
    assert last == "0 passed, 1 failed, 0 skipped"
    assert "did not end within its time limit" in above


def test_a_check_that_fails_counts_as_one_failed_test(steps: Steps) -> None:
    steps.add_check("formatting", 2)
    steps.add("A", 0, XUNIT.format(failed="", errors=""))
    last, above, exit_code = steps.count()
    assert (last, exit_code) == ("1 passed, 1 failed, 2 skipped", 1)
    assert "FAILED formatting: formatting\n    failed with exit code 2" in above


def test_an_empty_project_is_no_failure_but_a_run_without_any_test_is(steps: Steps) -> None:
    steps.add("empty", 8, XUNIT_EMPTY)
    assert steps.count()[::2] == ("0 passed, 0 failed, 0 skipped", 1)
    steps.add("A", 0, XUNIT.format(failed="", errors=""))
    assert steps.count()[::2] == ("1 passed, 0 failed, 2 skipped", 0)


def test_a_report_of_pytest_itself_is_read(steps: Steps, tmp_path: Path) -> None:
    module = tmp_path / "test_sample.py"
    module.write_text(
        "import pytest\n"
        "@pytest.fixture\n"
        "def broken(): raise RuntimeError('no fixture')\n"
        "def test_good(): pass\n"
        "def test_bad(): assert 1 == 2, 'one is not two'\n"
        "def test_error(broken): pass\n"
        "@pytest.mark.skip\n"
        "def test_later(): pass\n"
    )
    report = tmp_path / "report.xml"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", module, "-q", "-p", "no:cacheprovider", f"--junitxml={report}"],
        capture_output=True, cwd=tmp_path, check=False,
    )
    steps.add("python", run.returncode, report.read_text())
    last, above, _ = steps.count()
    assert last == "1 passed, 2 failed, 1 skipped"
    assert "test_bad\n    AssertionError: one is not two" in above
