"""Providers of the command palette: actions, views, provisions of the agreement on show, agreements, addresses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui import address as addresses
from tui.actions import ACTIONS, Action, shown_keys
from tui.address import Address, AddressError
from tui.corpus import dates
from tui.corpus.references import find_provisions
from tui.explorer.screens.main import MainScreen
from tui.pages.views import VIEWS, View

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
        matcher = self.matcher(query)
        for action in self._actions():
            score = matcher.match(_line(action))
            if score > 0:
                yield Hit(score, matcher.highlight(_line(action)), self._run(action), help=shown_keys(action))

    def _actions(self) -> list[Action]:
        scopes = LISTED if isinstance(self.screen, MainScreen) else ("app",)
        actions: Sequence[Action] = self.screen.app.actions  # type: ignore[attr-defined]
        return [action for action in actions if action.scope in scopes and action.id != "palette"]

    def _run(self, action: Action) -> Callable[[], Awaitable[None]]:
        return partial(self.screen.run_action, action.call)


def _line(action: Action) -> str:
    return f"{action.label}: {action.words}"


class Views(Provider):
    """Views: those of the agreement on show, those without a subject, and those with a prompt."""

    async def discover(self) -> Hits:
        """Yield all of them, before anything is typed."""
        for line, show in self._lines():
            yield DiscoveryHit(line, show)

    async def search(self, query: str) -> Hits:
        """Yield those whose name or description matches."""
        matcher = self.matcher(query)
        for line, show in self._lines():
            score = matcher.match(line)
            if score > 0:
                yield Hit(score, matcher.highlight(line), show)

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
        """Return the callback that shows a view, or None if the view needs a subject that is not on show."""
        if view.prompt:
            return partial(screen.addresses.ask_for, view)
        if not view.subjects:
            return partial(screen.addresses.open, Address(view.name))
        if view.subjects == "ID" and shown.subject and VIEWS[shown.view].subjects == "ID":
            return partial(screen.addresses.open, Address(view.name, shown.subject))
        if shown.view == view.name:
            return partial(screen.addresses.open, shown.page)
        if view.name == "era":
            return partial(screen.addresses.open, view.sample(screen.addresses.resources))
        return partial(screen.addresses.ask_for, VIEWS[f"{view.name}s"]) if f"{view.name}s" in VIEWS else None


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
            yield Hit(2 - rank / 100, Content(label), partial(screen.addresses.open, shown.at(place)), text=label)


class Agreements(Provider):
    """Agreements found by words of their titles in any script or by date, and the page at an address."""

    async def search(self, query: str) -> Hits:
        """Yield the page at the address in the query, then the agreements found by title, the best first."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        target = _address(query)
        if target is not None and screen.addresses.can_show(target):
            text = target.text()
            yield Hit(3, Content(text), partial(screen.addresses.open, target), text=text)
        for rank, summary in enumerate(screen.titled(query)):
            line = f"{summary.name}, {dates.words(summary.date)}" if summary.date else summary.name
            show = partial(screen.addresses.open, addresses.agreement(summary.id))
            yield Hit(1 - rank / 100, Content(line), show, text=line)


def _address(query: str) -> Address | None:
    try:
        return addresses.parse(query.strip())
    except AddressError:
        return None
