"""Text format of provisions, backgrounds and claims: paragraphs and `[[id|label]]` cross-links.

Nothing else is syntax: `[sic]`, `[Signed]`, `*` and `<b>` are plain text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# A label is one repetition of a single class, for which the regex engine needs no memory, whatever its length.
_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]]+))?\]\]")
_BREAK = re.compile(r"\n[ \t]*\n\s*")


class TextLink(NamedTuple):
    """A cross-link to the agreement `target` in a paragraph's text, from `start` to before `end` (in characters)."""

    start: int
    end: int
    target: str


class Paragraph(NamedTuple):
    """Plain text without line breaks, and its cross-links."""

    text: str
    links: tuple[TextLink, ...] = ()


def paragraphs(source: str) -> list[Paragraph]:
    """Split the text at blank lines and parse each part; single line breaks become spaces."""
    parts = (part.strip() for part in _BREAK.split(source))
    return [_paragraph(" ".join(part.split("\n"))) for part in parts if part]


def plain(source: str) -> str:
    """Return the text with each link replaced by its label."""
    if "[[" not in source:
        return source
    return _LINK.sub(lambda match: (match[2] or match[1]) if _is_link(match) else match[0], source)


def targets(source: str) -> list[str]:
    """Return the ids that the text links to, in order of appearance."""
    return [match[1] for match in filter(_is_link, _LINK.finditer(source))]


def key_label(key: str) -> str:
    """Return a key in words: `exchange-of-notes` as `Exchange of notes`."""
    return key[:1].upper() + key[1:].replace("-", " ")


def _is_link(match: re.Match[str]) -> bool:
    """Return whether the label of a possible link lies within one paragraph."""
    return match[2] is None or _BREAK.search(match[2]) is None


def _paragraph(source: str) -> Paragraph:
    pieces: list[str] = []
    links: list[TextLink] = []
    length = cursor = 0
    for match in _LINK.finditer(source):
        before, label = source[cursor : match.start()], match[2] or match[1]
        length += len(before)
        links.append(TextLink(length, length + len(label), match[1]))
        pieces += [before, label]
        length += len(label)
        cursor = match.end()
    return Paragraph("".join([*pieces, source[cursor:]]), tuple(links))
