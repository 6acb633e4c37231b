"""Finishes the site that DocFX has made: finish.py SITE.

Pages get their navigation as plain links, too, for browsers that do not run DocFX's scripts (a page that is opened as a file);
main.js takes them away where the scripts run. Files for debugging these scripts, most of the site's size, are removed.
"""

import html
import json
import posixpath
import re
import sys
from pathlib import Path

_META = re.compile(r'<meta name="docfx:(navrel|tocrel)" content="([^"]+)\.html">')
_PLACES = {"navrel": '<div id="navbar">', "tocrel": '<nav class="toc" id="toc">'}


def main() -> None:
    """Finishes every page of the site."""
    site = Path(sys.argv[1])
    for file in site.rglob("*.map"):
        file.unlink()
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        for kind, toc in _META.findall(text):
            folder = posixpath.dirname(toc)
            items = json.loads((file.parent / f"{toc}.json").read_text(encoding="utf-8"))["items"]
            # The bar at the top has no lists within its list.
            entries = _list(items, folder, nested=kind == "tocrel")
            place = _PLACES[kind]
            text = text.replace(place, f"{place}<div data-without-scripts>{entries}</div>")
        file.write_text(text, encoding="utf-8", newline="\n")


def _list(items: list[dict], folder: str, nested: bool) -> str:
    parts = []
    for item in items:
        name = html.escape(item["name"])
        href = item.get("href")
        entry = f'<a href="{html.escape(posixpath.join(folder, href))}">{name}</a>' if href else name
        below = item.get("items")
        parts.append(f"<li>{entry}{_list(below, folder, nested) if nested and below else ''}</li>")
    return f"<ul>{''.join(parts)}</ul>"


if __name__ == "__main__":
    main()
