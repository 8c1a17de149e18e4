"""Providers of the command palette: actions, views, provisions of the agreement on show, agreements, addresses."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui import address as addresses
from tui.actions import ACTIONS, Action, shown_keys
from tui.address import Address, AddressError
from tui.catalogue import directory
from tui.corpus import dates, safe
from tui.corpus.references import find_provisions
from tui.explorer.screens.main import MainScreen
from tui.pages.views import VIEWS, View

EXACT, NAMED, TITLE, WORDS = 400.0, 300.0, 200.0, 100.0
"""Scores: what was typed is an address or a name, begins one, stands in a title, is found among the words."""
LISTED = ("reading", "app")
"""Scopes of the actions that make sense from anywhere."""


class Actions(Provider):
    """Actions that make sense from anywhere, with their keys."""

    async def discover(self) -> Hits:
        """Yield all of them, before anything is typed."""
        for action in self._actions():
            yield DiscoveryHit(_line(action), self._run(action), help=shown_keys(action))

    async def search(self, query: str) -> Hits:
        """Yield those whose words match."""
        for action in self._actions():
            line = _line(action)
            if score := _score(query, line):
                yield Hit(score, Content(line), self._run(action), text=line, help=shown_keys(action))

    def _actions(self) -> list[Action]:
        scopes = LISTED if isinstance(self.screen, MainScreen) else ("app",)
        actions: Sequence[Action] = self.screen.app.actions  # type: ignore[attr-defined]
        return [action for action in actions if action.scope in scopes and action.id != "palette"]

    def _run(self, action: Action) -> Callable[[], Awaitable[None]]:
        return partial(self.screen.run_action, action.call)


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
    """Views: those of the agreement on show, those without a subject, and those with a prompt."""

    async def discover(self) -> Hits:
        """Yield all of them, before anything is typed."""
        for line, show in self._lines():
            yield DiscoveryHit(line, show)

    async def search(self, query: str) -> Hits:
        """Yield those whose name or description matches."""
        for line, show in self._lines():
            if score := _score(query, line):
                yield Hit(score, Content(line), show, text=line)

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
    """The provisions of the agreement on show, by unit and number: `point 9`, `art. 3`, `ст. III`, `第三条`."""

    async def search(self, query: str) -> Hits:
        """Yield the provisions that the query names."""
        screen = self.screen
        shown = screen.visit.address if isinstance(screen, MainScreen) else None
        if shown is None or not shown.agreement_id or not isinstance(screen, MainScreen):
            return
        agreement = screen.addresses.resources.reader.agreement(shown.agreement_id)
        for rank, (label, place) in enumerate(find_provisions(agreement, query) if agreement else ()):
            yield Hit(EXACT - rank / 100, Content(label), partial(screen.addresses.open, shown.at(place)), text=label)


MOST_NAMES = 5
"""Greatest number of names that are offered."""


class Agreements(Provider):
    """Agreements by words of their titles in any script or by date, names, and whatever stands at an address."""

    async def search(self, query: str) -> Hits:
        """Yield the page at the address in the query, then the agreements found by title, the best first."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        query = safe.query(query)
        target = _address(query)
        if target is not None and screen.addresses.can_show(target):
            text = target.text()
            yield Hit(EXACT + 1, Content(text), partial(screen.addresses.open, target), text=text)
        for rank, entry in enumerate(directory.names(screen.addresses.resources.reader, query)[:MOST_NAMES]):
            line = f"{entry.name}, {entry.kind}"
            show = partial(screen.addresses.open, Address("name", (entry.id,)))
            yield Hit(TITLE - MOST_NAMES - rank / 100, Content(line), show, text=line)
        for rank, summary in enumerate(screen.titled(query)):
            line = f"{summary.name}, {dates.words(summary.date)}" if summary.date else summary.name
            show = partial(screen.addresses.open, addresses.agreement(summary.id))
            yield Hit(TITLE - rank / 100, Content(line), show, text=line)


def _address(query: str) -> Address | None:
    try:
        return addresses.parse(query.strip())
    except AddressError:
        return None
