"""The links of a Markdown text, and the anchors of its headings, as the repository's host shows them."""

import re
from collections import Counter
from typing import NamedTuple

_FENCE = re.compile(r" *(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINKS = [
    re.compile(r"\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)"),
    re.compile(r"^ {0,3}\[[^\]]+\]:\s+(?P<target>\S+)", re.MULTILINE),
    re.compile(r"<(?:a|img)\b[^>]*?\b(?:href|src)=\"(?P<target>[^\"]+)\""),
]
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(?P<text>.*?)\s*#*$", re.MULTILINE)


class Link(NamedTuple):
    """Where a link's target stands in the text."""

    target: str
    start: int
    end: int


def links(text: str) -> list[Link]:
    """All links and pictures, in order; what stands in code is none."""
    prose = _without_code(text)
    found = (match for pattern in _LINKS for match in pattern.finditer(prose))
    return sorted((Link(match["target"], *match.span("target")) for match in found), key=lambda link: link.start)


def anchors(text: str) -> set[str]:
    """What may follow the # of a link to this text."""
    seen: Counter[str] = Counter()
    result = set()
    # Headings keep the text of their code.
    for match in _HEADING.finditer(_without_fences(text)):
        words = re.sub(r"\]\([^)]*\)", "]", match["text"]).lower()
        anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        result.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return result


def _without_code(text: str) -> str:
    return _CODE.sub(_blank, _COMMENT.sub(_blank, _without_fences(text)))


def _without_fences(text: str) -> str:
    lines = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append(" " * len(line))
            if mark and mark[1].startswith(fence) and line.strip() == mark[1]:
                fence = ""
        elif mark:
            lines.append(" " * len(line))
            fence = mark[1]
        else:
            lines.append(line)
    return "\n".join(lines)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
