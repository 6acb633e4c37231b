"""Lays out what DocFX makes the site of: stage.py FOLDER.

The pages are the Markdown files of this repository that README.md leads to, link by link. A link to another file of the
repository (a program, a source file) leads to a page that shows it, and one to a folder to a page that lists it; so every link
works in the repository and in the site. A link that leads nowhere is an error.
"""

import posixpath
import re
import sys
from pathlib import Path

from markdown_links import links

SITE = Path(__file__).resolve().parent
ROOT = SITE.parents[1]
INDEX = "docs/README.md"
REFERENCE = "docs/site/api.md"
PICTURES = {".png", ".svg", ".jpg", ".gif"}
LANGUAGES = {".cs": "csharp", ".py": "python", ".json": "json", ".yml": "yaml", ".csproj": "xml", ".props": "xml"}


class BrokenLink(Exception):
    """A link to something that is not there."""


def main() -> None:
    """Writes the folder's files, and tells the first broken link."""
    target = Path(sys.argv[1])
    try:
        stage(target)
    except BrokenLink as error:
        sys.exit(f"stage.py: {error}")


def stage(target: Path) -> None:
    """Lays out all pages, what they show, and what DocFX needs besides."""
    # DocFX takes the site's settings and its navigation from here, too.
    for name in ("docfx.json", "filter.yml", "toc.yml", "logo.svg"):
        write(target / name, (SITE / name).read_text(encoding="utf-8"))
    for file in sorted((SITE / "template").rglob("*.*")):
        write(target / "template" / file.relative_to(SITE / "template"), file.read_text(encoding="utf-8"))
    write(target / "docs" / "toc.yml", table_of_contents((ROOT / INDEX).read_text(encoding="utf-8")))

    waiting = ["README.md", INDEX, REFERENCE]
    done: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in done:
            continue
        done.add(path)
        if Path(path).suffix in PICTURES:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes((ROOT / path).read_bytes())
            continue
        text, linked = rewritten(path, page(path))
        write(target / staged_path(path), text)
        waiting += linked


def write(file: Path, text: str) -> None:
    """Writes a text file with its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def page(path: str) -> str:
    """The Markdown that shows a file or a folder of the repository."""
    file = ROOT / path
    if file.is_dir():
        names = sorted(child.name + "/" * child.is_dir() for child in file.iterdir() if not child.name.startswith("."))
        return f"# {path}\n\n" + "".join(f"- [{name}]({posixpath.basename(path)}/{name})\n" for name in names)
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        return text
    fence = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", text)), default=0))
    return f"# {path}\n\n{fence}{LANGUAGES.get(file.suffix, '')}\n{text.rstrip()}\n{fence}\n"


def staged_path(path: str) -> str:
    """Where the page of a file or folder of the repository is laid."""
    if (ROOT / path).is_dir():
        return f"{path}/index.md"
    if path == REFERENCE:
        return "api/index.md"
    folder, name = posixpath.split(path)
    if name == "README.md":
        return posixpath.join(folder, "index.md")
    return path if Path(path).suffix in PICTURES | {".md"} else f"{path}.md"


def rewritten(path: str, text: str) -> tuple[str, list[str]]:
    """A page with its links as they are in the site, and the files that it leads to."""
    here = posixpath.dirname(path)
    parts = []
    linked = []
    end = 0
    for link in links(text):
        if re.match(r"[a-z][a-z+.-]*:|#", link.target):
            continue
        name, hash_sign, anchor = link.target.partition("#")
        file = posixpath.normpath(posixpath.join(here, name))
        if (ROOT / file).is_dir() and (ROOT / file / "README.md").is_file():
            file = posixpath.join(file, "README.md")
        if file.startswith("..") or not (ROOT / file).exists():
            line = text.count("\n", 0, link.start) + 1
            raise BrokenLink(f"{path}:{line}: the link {link.target} leads nowhere")
        staged = posixpath.relpath(staged_path(file), posixpath.dirname(staged_path(path)) or ".")
        parts += [text[end : link.start], staged, hash_sign, anchor]
        end = link.end
        linked.append(file)
    return "".join(parts) + text[end:], linked


def table_of_contents(index: str) -> str:
    """The navigation of the guides: the sections of docs/README.md with the pages that they list first."""
    lines = ["- name: Documentation", "  href: index.md"]
    seen = set()
    for section in re.split(r"^## ", index, flags=re.MULTILINE)[1:]:
        listed = re.findall(r"^- \[([^\]]+)\]\(([^)#]+\.md)\)", section, re.MULTILINE)
        entries = [(name, href) for name, href in listed if href not in seen]
        seen.update(href for _, href in entries)
        if entries:
            lines += [f"- name: {section.splitlines()[0]}", "  expanded: true", "  items:"]
        for name, href in entries:
            staged = posixpath.relpath(staged_path(posixpath.normpath(posixpath.join("docs", href))), "docs")
            lines += [f"  - name: {name}", f"    href: {staged}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
