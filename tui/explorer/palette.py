"""Entries of the command palette: actions by their words, agreements by their titles."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions import Action, shown_keys
from tui.corpus import dates
from tui.explorer.screens.main import MainScreen

LISTED = ("reading", "app")


class Actions(Provider):
    """Actions that make sense from anywhere, with their keys."""

    async def discover(self) -> Hits:
        """Yield all actions while the input is empty."""
        for action in self._actions():
            yield DiscoveryHit(_line(action), self._run(action), help=shown_keys(action))

    async def search(self, query: str) -> Hits:
        """Yield the actions whose words match."""
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


class Agreements(Provider):
    """Agreements by words of their titles in any script, or by their dates."""

    async def search(self, query: str) -> Hits:
        """Yield the agreements with matching titles, the best match first."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        for rank, summary in enumerate(screen.titled(query)):
            line = f"{summary.name}, {dates.words(summary.date)}" if summary.date else summary.name
            yield Hit(1 - rank / 100, Content(line), partial(screen.go, summary.id), text=line)
