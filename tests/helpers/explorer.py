"""Reader of the explorer for tests: presses keys, and sees what is drawn.

The private names of Textual and of the main screen that tests need are used in this module only.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.content import Content
from textual.geometry import Offset, Size
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, Static
from textual.worker import WorkerCancelled, WorkerFailed

from tui.address import parse
from tui.catalogue import build
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.progress import OnSummary, Progress
from tui.catalogue.reader import CatalogueReader
from tui.explorer.app import Explorer
from tui.explorer.keyboard import key_name
from tui.explorer.screens.main import MainScreen
from tui.explorer.widgets.agreement_tree import AgreementTree
from tui.explorer.widgets.page_view import PageView
from tui.explorer.worker import SearchWorker
from tui.search.stages import SearchAnswer

DECLARATION = "1956-10-19-joint-declaration"
PACT = "1941-04-13-neutrality-pact"
WIDTHS = (50, 200)


def drawn_strips(app: App[Any]) -> list[Strip]:
    """Return the lines of the screen as they are drawn."""
    return app.screen._compositor.render_strips()


def hold_compiling(
    monkeypatch: pytest.MonkeyPatch,
    *,
    begin: Callable[[Progress, OnSummary], None] | None = None,
    is_built_first: bool = False,
) -> asyncio.Event:
    """Let the explorer compile in this process and stop before, or after, its store is built. Return the event to set.

    `begin` reports progress before the stop.
    """
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()

    def held(store: Path, folder: Path, progress: Progress, on_summary: OnSummary) -> Any:
        if begin:
            begin(progress, on_summary)
        catalogue = build.build_catalogue(store, folder, progress, on_summary) if is_built_first else None
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)
        return catalogue or build.build_catalogue(store, folder, progress, on_summary)

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", held)
    return go_on


class Reader:
    """Wraps a running application. Its properties are what a reader can see, except `main_screen` and `catalogue`."""

    def __init__(self, app: Explorer, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @classmethod
    async def opened(cls, app: Explorer, pilot: Pilot[Any]) -> Reader:
        """Wait until the store is compiled and the main screen stands. Return its reader."""
        for _ in range(500):
            if isinstance(app.screen, MainScreen):
                break
            await pilot.pause(0.02)
        reader = cls(app, pilot)
        await reader.settle()
        return reader

    # -- doing

    async def settle(self) -> None:
        """Wait without sleeping until workers and messages are done and the screen is drawn."""
        for _ in range(2):
            for worker in list(self.app.workers):  # one by one: a cancelled worker must not end the wait for the others
                try:
                    await self.app.workers.wait_for_complete([worker])
                except WorkerCancelled:
                    pass
                except WorkerFailed as failed:
                    if not isinstance(failed.error, WorkerCancelled):
                        raise
            await self._handled()
            self.app.screen._on_timer_update()
        await self._handled()
        self._raise()

    async def _handled(self) -> None:
        """Wait until all messages are handled, and those that they have sent."""
        for _ in range(20):
            await self.pilot._wait_for_screen()
            pumps = (self.app, *self.app.screen.walk_children(with_self=True))
            if not any(pump._next_callbacks or pump.message_queue_size for pump in pumps):
                break

    async def until(self, text: str) -> None:
        """Wait until the screen contains a text."""
        for _ in range(100):
            if text in self.screen:
                return
            await asyncio.sleep(0.01)
            await self.settle()
        raise AssertionError(f"no {text!r} on the screen:\n{self.screen}")

    async def keys_named(self) -> None:
        """Wait for the footer, which is made after the first frame."""
        for _ in range(100):
            if self.main_screen.query("FooterKey") and "Search" in self.screen:
                break
            await asyncio.sleep(0.01)
            await self.settle()

    async def rest(self) -> None:
        """Press no key until the agreement on show counts as visited."""
        await asyncio.sleep(MainScreen.REST)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each handled before the next."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Send keys that all arrive before the first is handled, as a held key does."""
        for key in keys:
            self._send(key)
        await self.settle()
        await self.pilot.pause()
        await self.settle()

    async def type(self, words: str) -> None:
        """Type into the search line, in any script, without waiting for answers."""
        for character in words:
            self.app.post_message(events.Key(character, character))
        await self.settle()
        await self.settle()

    def _send(self, key: str) -> None:
        try:
            name = {"f1": ""}.get(key, key.replace("_", " ").upper())
            character = key if len(key) == 1 else {"slash": "/"}.get(key) or unicodedata.lookup(name)
        except KeyError:
            character = None
        self.app.post_message(events.Key(key_name(key), character))

    async def mouse(self, event: type[events.MouseEvent], at: Offset, button: int = 1, *, wait: bool = True) -> None:
        """Send an event of the mouse over a cell of the screen, as the terminal does."""
        self.app.post_message(event(None, at.x, at.y, 0, 0, button, False, False, False, screen_x=at.x, screen_y=at.y))
        if wait:
            await self.settle()

    async def click(self, at: Offset, *, times: int = 1, button: int = 1) -> None:
        """Click on a cell of the screen, once or several times at once."""
        for event in (events.MouseDown, events.MouseUp) * times:
            await self.mouse(event, at, button, wait=False)
        await self.settle()
        await self.settle()

    async def drag(self, start: Offset, *ends: Offset, button: int = 1) -> None:
        """Press a button of the mouse over a cell of the screen, move over others, and release it over the last."""
        await self.mouse(events.MouseDown, start, button)
        for end in ends:
            await self.mouse(events.MouseMove, end, button)
        await self.mouse(events.MouseUp, ends[-1], button)

    def find_on_screen(self, text: str) -> Offset:
        """Return the cell of the screen at which a text begins."""
        y, line = next((y, line) for y, line in enumerate(self.screen.splitlines()) if text in line)
        return Offset(cell_len(line[: line.index(text)]), y)

    @property
    def selected_text(self) -> str:
        """Text that the mouse has selected."""
        return self.app.screen.get_selected_text() or ""

    def _raise(self) -> None:
        if self.app._exception is not None:
            raise self.app._exception

    async def search(self, words: str) -> None:
        """Open the search and type."""
        await self.press("slash")
        await self.type(words)

    async def resize(self, width: int, height: int, *, wait: bool = True) -> None:
        """Give the terminal another size."""
        size = Size(width, height)
        self.app._driver._size = size  # type: ignore[union-attr]
        self.app.post_message(events.Resize(size, size))
        if wait:
            await self.settle()
            while self.app._resize_event is not None or self.app._resize_timer is not None:
                await asyncio.sleep(0.005)  # Textual gathers sizes that follow each other fast
            await self.settle()

    # -- seeing

    @property
    def tree(self) -> AgreementTree:
        return self.main_screen.query_one("#tree", AgreementTree)

    @property
    def document(self) -> PageView:
        return self.pane("document")

    @property
    def links(self) -> PageView:
        return self.pane("links")

    @property
    def results(self) -> PageView:
        return self.pane("results")

    @property
    def query(self) -> Input:
        return self.main_screen.query_one("#query", Input)

    def pane(self, name: str) -> PageView:
        return self.main_screen.query_one(f"#{name}", PageView)

    @property
    def main_screen(self) -> MainScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))

    @property
    def catalogue(self) -> CatalogueReader:
        """Catalogue of the main screen."""
        return self.main_screen._catalogue

    def deliver(self, answer: SearchAnswer) -> None:
        """Post an answer to the main screen, as the search worker does."""
        self.main_screen.post_message(SearchWorker.Answered(self.main_screen._search.show_answer, answer))

    def search_worker(self, name: str) -> SearchWorker:
        """Return a search worker of the screen."""
        return self.main_screen._workers.get(name)

    @property
    def shown(self) -> str:
        """The identifier that the page on show names; nothing for the start page."""
        return next((block.text for block in self.document.page if block.lead == "Identifier"), "")

    @property
    def title(self) -> str:
        return Content.from_markup(self.document.border_title or "").plain

    @property
    def cursor(self) -> str:
        """The agreement that the tree's cursor stands on, or the branch's label."""
        entry = self.tree.cursor_entry
        return entry.id if isinstance(entry, AgreementSummary) else entry.label if entry else ""

    @property
    def focus(self) -> str:
        return (self.app.focused.id or "") if self.app.focused else ""

    def sees(self, name: str) -> bool:
        """Return whether the pane takes room on the screen."""
        return any(pane.region for pane in self.main_screen.query(f"#{name}"))

    @property
    def panes(self) -> set[str]:
        return {name for name in ("tree", "document", "links", "claims", "search") if self.sees(name)}

    @property
    def screen(self) -> str:
        """All that is drawn, line by line."""
        return "\n".join(strip.text.rstrip() for strip in drawn_strips(self.app))

    @property
    def found(self) -> list[str]:
        """Ids of the results that the search panel lists, or the queries that it offers instead."""
        targets = (block.spans[0].target for block in self.results.page if block.spans)
        return [parse(target).subject[0] for target in targets if target]

    def sees_selected(self, name: str) -> bool:
        """Return whether the first line of the selected link of a pane is in view."""
        view = self.pane(name)
        return view._selected in view.links_in_view()

    @property
    def result_summary(self) -> str:
        """Line above the results."""
        return str(self.main_screen.query_one("#count").render())

    @property
    def notices(self) -> list[str]:
        """The notice of the main screen, if there is one, and the warnings of the start."""
        return [*([self.hear()] if self.hear() else []), *(note.message for note in self.app._notifications)]

    def hear(self) -> str:
        """Return the notice in the row of the footer."""
        shown = [line for line in self.main_screen.query("#notice").results(Static) if line.display]
        return str(shown[0].render()) if shown else ""

    def tree_labels(self) -> list[str]:
        """Return the labels of the tree's groups, with the years of eras and the sizes."""
        return [" ".join(filter(None, (b.label, b.span, str(b.size)))) for b in self.tree.branches]

    def tree_line(self, words: str) -> Strip:
        """Return the line of the tree, in view, that contains these words."""
        lines = [self.tree.render_line(y) for y in range(self.tree.size.height)]
        return next(line for line in lines if words in line.text)

    def is_open(self, branch: int = 0) -> bool:
        """Return whether a group of the tree is open."""
        return self.tree.is_open(self.tree.branches[branch])


Explore = Callable[..., AbstractAsyncContextManager[Reader]]
