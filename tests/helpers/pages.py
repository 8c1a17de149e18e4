"""Pages of agreements, and their text."""

from __future__ import annotations

from typing import Any

import msgspec

from tui.corpus.records import Agreement
from tui.pages import agreement as agreement_page
from tui.pages.blocks import Page

FULL: dict[str, Any] = {
    "id": "1941-pact",
    "short_title": "The pact",
    "titles": {"ja": "条約", "en": "Pact", "ru": "Пакт", "fr": "Pacte"},
    "kind": "treaty",
    "place": "Moscow",
    "date": "1941-04-13",
    "parties": ["Japan", "USSR"],
    "signatories": [{"name": "Matsuoka", "side": "Japan", "capacity": "Minister"}],
    "topics": ["war-and-peace"],
    "summary": "It was signed.",
    "provisions": [{"ref": "Art. I", "heading": "Peace", "text": "There is [[peace|peace]].\n\nAnd more."}],
    "background": "Before it.",
    "outcome": {"text": "It was broken."},
    "events": [
        {"kind": "ended", "date": "1945-08-09"},
        {"kind": "signed", "date": "1941-04-13", "note": "at night"},
        {"kind": "notice", "date": "1945-04-05", "reading": "Tokyo"},
    ],
    "references": [{"series": "UNTS", "volume": "5", "page": "1–9", "number": "7"}],
    "sources": ["book", "lost"],
    "unverified": ["The hour."],
}


def page(**fields: Any) -> Page:
    """Return the page of an agreement with these fields, or of one with all fields."""
    return agreement_page.compose(agreement_page.AgreementPage(msgspec.convert(fields or FULL, Agreement)))


def read(blocks: Page) -> str:
    """Return the text of a page with leads and marks, a line for each block."""
    return "\n".join(f"{block.lead} {block.mark} {block.text}" for block in blocks)
