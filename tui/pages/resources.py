"""Resources of the views, and their answers and errors if there is nothing to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tui.actions import ACTIONS, Action
from tui.address import Address
from tui.corpus import safe

if TYPE_CHECKING:
    from tui.catalogue.reader import CatalogueReader
    from tui.search.engine import Searcher


class Resources:
    """Everything that a view may read. Immutable, for use in one thread; a changed store needs new resources."""

    def __init__(self, reader: CatalogueReader, actions: Sequence[Action] = ACTIONS, today: date | None = None) -> None:
        self.reader = reader
        self.actions = actions
        self.today = today or date.today()

    @cached_property
    def searcher(self) -> Searcher:
        """Searcher over a connection of its own, opened when it is first used."""
        from tui.search.engine import open_searcher

        return open_searcher(self.reader)


class Context(NamedTuple):
    """Context in which a reader answers a prompt: the address on show and the day."""

    address: Address
    today: date


class NotFound(NamedTuple):
    """Answer of a view that has nothing at an address: one sentence, and what is near."""

    sentence: str
    near: tuple[str, ...] = ()


class UsageError(ValueError):
    """A wrong use of a view; the message is one plain sentence."""


class Unreadable(UsageError):
    """A text that a view's prompt cannot read; the message is one plain sentence."""


MOST_COMPARED = 5_000
"""Greatest number of ids that are compared letter by letter with a misspelt one."""


def near(text: str, ids: Iterable[str], most: int = 5) -> list[str]:
    """Return the ids that hold all words of a text in any order, or else those that are spelt much like it."""
    from difflib import get_close_matches

    known = [*islice(ids, MOST_COMPARED)]
    words = [word for word in re.split(r"[\W_]+", text.casefold()) if word]
    holding = [known_id for known_id in known if words and all(word in known_id.casefold() for word in words)]
    return holding[:most] or get_close_matches(text, known, most, 0.5)


def no_agreement(resources: Resources, agreement_id: str) -> NotFound:
    """Return the answer for an id that no agreement has, with similar ids."""
    reader, text = resources.reader, safe.text(agreement_id[:200])
    found = reader.similar_ids(text) or near(text, (agreement.id for agreement in reader.all_agreements()))
    return NotFound(f"There is no record {safe.quoted(agreement_id)}", tuple(found))
