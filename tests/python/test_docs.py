"""The links of the documentation: of the Markdown files in the repository, and of the site that scripts/docs makes of them."""

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from conftest import ROOT

SITE_SOURCES = ROOT / "docs" / "site"
SITE = "http://site/"  # what the site's own links are resolved against


@pytest.fixture(scope="module", autouse=True)
def modules():
    sys.path.insert(0, str(SITE_SOURCES))
    yield
    sys.path.remove(str(SITE_SOURCES))


@pytest.fixture(scope="module")
def markdown():
    """The repository's Markdown files."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()
    return {ROOT / name: (ROOT / name).read_text(encoding="utf-8") for name in names if (ROOT / name).is_file()}


class Page(HTMLParser):
    """A page's own anchors, what it links to, and what it loads."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.loads = {""}, set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.anchors.update(attributes[name] for name in ("id", "name") if attributes.get(name))
        targets = {attributes[name] for name in ("href", "src") if attributes.get(name)}
        (self.links if tag == "a" else self.loads).update(targets)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, of the libraries that were built for the tests."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    made = run_docs(str(folder), "--no-build")
    assert made.returncode == 0, made.stderr
    assert made.stdout == f"{folder}\n"
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {file: Page(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}


def run_docs(*arguments):
    return subprocess.run([str(ROOT / "scripts" / "docs"), *arguments], capture_output=True, text=True, timeout=300)


def test_every_link_of_the_repositorys_pages_leads_somewhere(markdown):
    from markdown_links import anchors, links

    broken = []
    checked = 0
    for file, text in markdown.items():
        for link in links(text):
            parts = urlsplit(link.target)
            if parts.scheme:
                continue
            checked += 1
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            is_there = target.exists() and ROOT in [target, *target.parents]
            if not is_there or (parts.fragment and parts.fragment not in anchors(markdown.get(target, ""))):
                broken.append(f"{file.relative_to(ROOT)}: {link.target}")
    assert not broken
    assert checked > 40


def test_links_are_found_outside_of_code_only():
    from markdown_links import anchors, links

    text = "\n".join([
        "[a](a.md) `[b](b.md)` ![c](c.png \"title\")", "```", "[d](d.md)", "```", "[`e`](e.md#x)", "<!-- [f](f.md) -->",
        '<a href="g.md">g</a>', "[h]: h.md",
    ])
    assert [link.target for link in links(text)] == ["a.md", "c.png", "e.md#x", "g.md", "h.md"]
    assert anchors("# A `b/c` d\n## Twice\n## Twice\n```\n# no\n```\n### [Link](x.md), 1.5") == {
        "a-bc-d", "twice", "twice-1", "link-15",
    }


def test_the_index_lists_every_page(markdown):
    index = ROOT / "docs" / "README.md"
    missing = [
        str(file.relative_to(index.parent))
        for file in markdown
        if index.parent in file.parents and index != file and SITE_SOURCES not in file.parents
        and f"]({file.relative_to(index.parent)})" not in markdown[index]
    ]
    assert not missing, "docs/README.md says what to read for which purpose, and is the site's navigation"


def test_every_link_of_the_site_leads_somewhere(site, pages):
    broken = []
    checked = 0
    for file, page in pages.items():
        here = SITE + file.relative_to(site).as_posix()
        for link in page.links | page.loads:
            url = urlsplit(urljoin(here, link))
            if not url.geturl().startswith(SITE):
                continue
            checked += 1
            target = site / unquote(url.path).lstrip("/")
            if target.is_dir():
                target /= "index.html"
            if not target.is_file() or (url.fragment and unquote(url.fragment) not in pages[target].anchors):
                broken.append(f"{file.relative_to(site)}: {link}")
    assert not broken
    print(f"{len(pages)} pages, {checked} links")
    assert len(pages) > 100 and checked > 5_000


def test_the_sites_navigation_leads_to_every_guide(site, markdown):
    linked = set()
    for file in site.rglob("toc.json"):
        waiting = json.loads(file.read_text(encoding="utf-8"))["items"]
        while waiting:
            item = waiting.pop()
            waiting += item.get("items", [])
            if "href" in item:
                linked.add((file.parent / item["href"]).resolve())
    assert all(target.is_file() or (target / "index.html").is_file() for target in linked)
    docs = ROOT / "docs"
    guides = {file.relative_to(docs) for file in markdown if docs in file.parents and SITE_SOURCES not in file.parents}
    assert {site / "docs" / str(file).replace("README.md", "index.md").replace(".md", ".html") for file in guides} <= linked
    assert {site / "index.html", site / "CHANGELOG.html", site / "api" / "Hpo.Interop.Study.html"} <= linked


def test_the_site_loads_nothing_from_elsewhere(pages):
    outside = {url for page in pages.values() for url in page.loads if urlsplit(url).scheme not in ("", "data")}
    assert not outside


def test_guides_and_reference_can_be_searched(site):
    found = json.loads((site / "index.json").read_text(encoding="utf-8"))
    assert "heartbeat" in found["docs/launcher.html"]["summary"]
    assert {"docs/course.html", "index.html", "api/Hpo.Interop.Samplers.TpeSampler.html"} <= found.keys()


def test_the_reference_leads_to_the_guides(site, pages):
    assert "../docs/pythonnet.html" in pages[site / "api" / "Hpo.Interop.Study.html"].links


def test_pages_are_complete_without_scripts(pages, site):
    here = pages[site / "docs" / "tutorials" / "recipes.html"]
    assert {"../launcher.html", "../../index.html", "../../api/index.html"} <= here.links


def test_a_link_to_a_file_leads_to_a_page_that_shows_it(site):
    shown = (site / "docs" / "examples" / "worker.py.html").read_text(encoding="utf-8")
    assert "<h1" in shown and 'class="lang-python"' in shown and "hpo_dotnet" in shown


def test_a_link_that_leads_nowhere_is_named_with_its_line():
    import stage

    with pytest.raises(stage.BrokenLink, match=r"^docs/storage.md:3: the link missing.md leads nowhere$"):
        stage.rewritten("docs/storage.md", "# A\n\nSee [this](missing.md).")
    with pytest.raises(stage.BrokenLink):
        stage.rewritten("README.md", "[outside](../README.md)")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path):
    (tmp_path / "notes.txt").touch()
    refused = run_docs(str(tmp_path), "--no-build")
    assert refused.returncode == 1
    assert "neither empty nor an earlier site" in refused.stderr
    assert (tmp_path / "notes.txt").exists()
