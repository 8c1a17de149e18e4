"""Providers of the command palette: provisions of the record on show, actions, views, records, names, themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.command import Hit, Hits, Provider
from textual.content import Content

from tui import address as addresses
from tui.actions import ACTIONS, Action, shown_keys
from tui.address import Address, AddressError
from tui.catalogue import directory
from tui.catalogue.connection import AgreementSummary
from tui.corpus import dates, safe
from tui.corpus.references import find_provisions
from tui.explorer import themes
from tui.explorer.screens.main import MainScreen
from tui.pages.views import VIEWS, View

EXACT, NAMED, TITLE, NAME, WORDS = 500.0, 400.0, 300.0, 200.0, 100.0
"""Scores: the query is an address or a name, begins one, is in a title, in a form of a name, among other words."""
LISTED = ("reading", "app")
"""Scopes of the actions that make sense from anywhere."""
NOT_LISTED = ("palette", "copy-anywhere", "quit-anywhere")
"""Actions of these scopes that make no sense in the palette, or are the same there as another one."""


@dataclass(eq=False)
class Entry(Hit):
    """Line of the palette, with a key or a remark at its right end."""

    remark: str = ""


def entry(score: float, line: str, command: Callable[[], Any], remark: str = "") -> Entry:
    """Return an entry. Neither line nor remark is markup."""
    return Entry(score, Content(line), command, line, remark=remark)


class Commands(Provider):
    """Whatever the palette offers. Entries with the same score stay in the order of the sources."""

    def _sources(self) -> list[Provider]:
        return [source(self.screen) for source in (Provisions, Actions, Views, Records, Themes)]

    async def discover(self) -> Hits:
        """Yield actions and views, before anything is typed."""
        for source in (Actions(self.screen), Views(self.screen)):
            async for found in source.discover():
                yield found

    async def search(self, query: str) -> Hits:
        """Yield what answers the query."""
        for source in self._sources():
            async for found in source.search(query):
                yield found


class Actions(Provider):
    """Actions that make sense from anywhere, with their keys."""

    async def discover(self) -> Hits:
        """Yield all of them, before anything is typed."""
        for action in self._actions():
            yield self._entry(0, action)

    async def search(self, query: str) -> Hits:
        """Yield those whose words match."""
        for action in self._actions():
            if score := _score(query, _line(action)):
                yield self._entry(score, action)

    def _actions(self) -> list[Action]:
        scopes = LISTED if isinstance(self.screen, MainScreen) else ("app",)
        actions: Sequence[Action] = self.screen.app.actions  # type: ignore[attr-defined]
        return [action for action in actions if action.scope in scopes and action.id not in NOT_LISTED]

    def _entry(self, score: float, action: Action) -> Entry:
        return entry(score, _line(action), partial(self.screen.run_action, action.call), shown_keys(action))


def _line(action: Action) -> str:
    return f"{action.label}: {action.words}"


def _score(query: str, line: str) -> float:
    """Return how well a line, a name and its description, answers: all words must begin a word of it; 0 if not."""
    words = query.casefold().split()
    name = line.partition(":")[0].casefold()
    found = re.findall(r"\w+", line.casefold())
    if not words or not all(any(other.startswith(word) for other in found) for word in words):
        return 0
    typed = " ".join(words)
    return EXACT if name == typed else NAMED if name.startswith(typed) else WORDS


class Views(Provider):
    """Views: those of the record on show, those without a subject, and those with a prompt."""

    async def discover(self) -> Hits:
        """Yield all of them, before anything is typed."""
        for line, show in self._lines():
            yield entry(0, line, show)

    async def search(self, query: str) -> Hits:
        """Yield those whose name or description matches."""
        for line, show in self._lines():
            if score := _score(query, line):
                yield entry(score, line, show)

    def _lines(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        shown = screen.visit.address
        actions = {action.words for action in ACTIONS}
        for view in VIEWS.values():
            if view.description in actions:
                continue  # its action is offered already, with its key
            show = self._show(screen, view, shown)
            if show is not None:
                yield f"{view.name.capitalize()}: {view.description}", show

    def _show(self, screen: MainScreen, view: View, shown: Address) -> Callable[[], Any] | None:
        """Return what shows a view: of the agreement on show, where it can; else what it asks for, or a sample.

        None for a view of an agreement where none is on show.
        """
        open_address = screen.addresses.open
        if view.prompt:
            return partial(screen.addresses.ask_for, view)
        if shown.view == view.name and shown.subject:
            return partial(open_address, shown.page)
        of_agreement = shown.subject[0] if shown.subject and VIEWS[shown.view].subjects == "ID" else ""
        if view.subjects == "ID":
            return partial(open_address, Address(view.name, (of_agreement,))) if of_agreement else None
        resources = screen.addresses.resources
        if of_agreement and hasattr(view.module, "of_agreement"):
            return partial(open_address, view.module.of_agreement(resources, of_agreement))
        if hasattr(view.module, "LIST"):
            return partial(screen.addresses.ask_for, VIEWS[view.module.LIST])
        return partial(open_address, view.sample(resources))


class Provisions(Provider):
    """The provisions of the record on show, by unit and number: `point 9`, `art. 3`, `ст. III`, `第三条`."""

    async def search(self, query: str) -> Hits:
        """Yield the provisions that the query names."""
        screen = self.screen
        shown = screen.visit.address if isinstance(screen, MainScreen) else None
        if shown is None or not shown.agreement_id or not isinstance(screen, MainScreen):
            return
        agreement = screen.addresses.resources.reader.agreement(shown.agreement_id)
        for rank, (label, place) in enumerate(find_provisions(agreement, query) if agreement else ()):
            yield entry(EXACT - rank / 100, label, partial(screen.addresses.open, shown.at(place)))


MOST_NAMES = 5
"""Greatest number of names that are offered."""


class Records(Provider):
    """Records by words of their titles in any script or by date, names, and whatever stands at an address."""

    async def search(self, query: str) -> Hits:
        """Yield the page at the address in the query, the records found by title, by date, and the names."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        query = safe.query(query)
        target = _address(query)
        if target is not None and screen.addresses.can_show(target):
            yield entry(EXACT + 1, target.text(), partial(screen.addresses.open, target))
        for summary in sorted(screen.titled(query), key=_by_date):
            show = partial(screen.addresses.open, addresses.agreement(summary.id))
            yield entry(TITLE + _rank(query, summary.name), summary.name, show, dates.words(summary.date))
        for found in directory.names(screen.addresses.resources.reader, query)[:MOST_NAMES]:
            show = partial(screen.addresses.open, Address("name", (found.id,)))
            yield entry(NAME, found.name, show, found.kind)


def _by_date(summary: AgreementSummary) -> tuple[bool, str]:
    return not summary.date, summary.date  # a record without a date last


def _rank(query: str, title: str) -> int:
    """Return 2 for a title that begins with the query, 1 for one with all its words, 0 if another title has them."""
    query, title = query.casefold().strip(), title.casefold()
    return 2 if title.startswith(query) else int(all(word in title for word in query.split()))


class Themes(Provider):
    """Themes by name. The one in use is marked and comes first in the list of all."""

    async def discover(self) -> Hits:
        """Yield all themes, that in use first."""
        for name in sorted(self.app.available_themes, key=lambda name: (name != self.app.theme, name)):
            yield self._entry(0, name)

    async def search(self, query: str) -> Hits:
        """Yield those with words that begin as those of the query; a whole word or name goes before records."""
        words = query.casefold().split()
        own = (themes.DARK.name, themes.LIGHT.name)
        for name in sorted(self.app.available_themes, key=lambda name: (name not in own, name)):
            parts = [name, *name.split("-")]
            if all(word in parts for word in words):
                yield self._entry(EXACT if words == [name] else NAMED, name)
            elif all(any(part.startswith(word) for part in ("theme", *parts)) for word in words):
                yield self._entry(WORDS, name)

    def _entry(self, score: float, name: str) -> Entry:
        return entry(score, f"Theme: {name}", partial(setattr, self.app, "theme", name), self._remark(name))

    def _remark(self, name: str) -> str:
        return "in use" if name == self.app.theme else ""


def _address(query: str) -> Address | None:
    try:
        return addresses.parse(query.strip())
    except AddressError:
        return None
