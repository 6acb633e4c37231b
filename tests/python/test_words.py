"""Comments, documents and messages name things by their usual words; docs/architecture.md has a glossary."""

import re
import subprocess

import pytest
from conftest import ROOT

# Words that only this project used, and the usual ones.
PRIVATE = {
    r"passing (fault|error)s?": "transient error",
    r"signs? of life": "heartbeat",
    r"parted by commas|with commas between": "comma-separated",
    r"mend(s|ed|ing)?": "fix",
    r"dear(er|est)?": "expensive",
    r"worked out": "computed",
    r"patiently|promptly|make_patient|hpo_glue\Wpatience": "retry",
    r"(try|tries|tried|trying|ask|asks|asked) (it )?again": "retry",
    r"(is_|not_)*repeatable|is_repeated|(can|may) be repeated": "idempotent, retry",
    r"(is_)?undone": "not applied, rolled back",
    r"worker_marks|new_mark|find_marked": "owner",
}
HANDWRITTEN = {".cs", ".csproj", ".js", ".md", ".props", ".py", ".sh", ".targets", ""}


@pytest.fixture
def texts():
    """The sources, scripts and documents of this clone."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.suffix in HANDWRITTEN and path.is_file() and path.name != "test_words.py"]


@pytest.mark.parametrize("private", PRIVATE)
def test_things_have_their_usual_names(private, texts):
    word = re.compile(rf"\b({private})\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in texts
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if word.search(line)
    ]
    assert found == [], f"the usual word is: {PRIVATE[private]}"
