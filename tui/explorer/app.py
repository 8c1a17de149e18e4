"""The Textual application: opens the store, chooses theme and first screen."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen
from textual.widgets import Input

from tui import address, paths
from tui.actions import chief_key, first_keys, shown_keys, with_keys
from tui.catalogue import build
from tui.corpus import safe
from tui.corpus.file import StoreError, display_path
from tui.explorer import themes
from tui.explorer.bindings import bindings
from tui.explorer.navigator import START
from tui.explorer.screens.main import MainScreen

if TYPE_CHECKING:
    from tui.catalogue.reader import CatalogueReader
    from tui.catalogue.summary import CorpusSummary
    from tui.explorer.screens.loading import LoadingScreen

BAD_STORE = 3

# The palette and the other screens are imported when they are first used: the first frame does not need them.


def _actions() -> type[Provider]:
    from tui.explorer.palette import Actions

    return Actions


def _agreements() -> type[Provider]:
    from tui.explorer.palette import Agreements

    return Agreements


class Explorer(App[str]):
    """Explorer of one store. `run` returns a sentence where the store cannot be opened (return code 3)."""

    CSS_PATH = "app.tcss"
    TITLE = "Agreements"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]

    COMMANDS = {_actions, _agreements}

    def __init__(self, store: Path, cache_folder: Path, agreement_id: str = "") -> None:
        super().__init__()
        self._store = store
        self._cache_folder = cache_folder
        self._first = address.agreement(agreement_id) if agreement_id else START
        self.animation_level = "none"
        keys, self._keymap_fault = self._read_keymap()
        self.set_keymap(keys)
        self.actions = with_keys(keys)
        """All actions, with the keys of the reader's keymap."""
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        theme_name = os.environ.get("TEXTUAL_THEME", "")
        if theme_name in self.available_themes:
            self.theme = theme_name
            theme_name = ""
        else:  # without the watcher, which would have the style sheet read a second time
            self.set_reactive(App.theme, themes.DARK.name)
            self.stylesheet.set_variables(self.get_css_variables())
        self._theme_fault = f"There is no theme {safe.line(theme_name)}; the palette lists them." if theme_name else ""

    def _read_keymap(self) -> tuple[dict[str, str], str]:
        """Return the keys of the reader's keymap, and a sentence about what in it cannot be used."""
        file = paths.keymap_file()
        if not file.exists():
            return {}, ""
        from tui.explorer import keymap

        return keymap.read(file)

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen if the catalogue is up to date, else the screen that shows its compilation."""
        ready = build.open_current(self._store, self._cache_folder)
        if ready:
            return MainScreen(ready, self._first, self.actions)
        from tui.explorer.screens.loading import LoadingScreen

        leaving = next(chief_key(action) for action in self.actions if action.id == "quit")
        return LoadingScreen(safe.line(self._store.name), first_keys(self.actions), leaving)

    def on_mount(self) -> None:
        """Start compiling where the catalogue is not up to date, and report faults of keymap and theme."""
        if not isinstance(self.screen, MainScreen):
            self._compile()
        self.call_after_refresh(self._collect_again)
        for fault in filter(None, (self._keymap_fault, self._theme_fault)):
            self.notify(fault, severity="warning", markup=False, timeout=10)
        with suppress(NotImplementedError, RuntimeError):  # Windows; a thread other than the main one
            for name in ("SIGTERM", "SIGHUP"):
                if hasattr(signal, name):
                    asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)

    def _collect_again(self) -> None:
        """Enable the garbage collector, which was off during the imports, without looking at their objects again."""
        gc.freeze()
        gc.enable()

    def on_key(self, event: events.Key) -> None:
        """Hand on a letter that missed an input.

        Keys that arrive together are all sent to the widget that has the focus at that moment. An input keeps the
        letters it gets; so a letter that bubbles up to here while an input has the focus was sent before it had.
        """
        if isinstance(self.focused, Input) and event.is_printable:
            event.prevent_default()
            self.focused.post_message(events.Key(event.key, event.character))

    @work(thread=True, exit_on_error=False)
    def _compile(self) -> None:
        try:
            catalogue = build.build_in_subprocess(self._store, self._cache_folder, self._advance, self._begin)
        except StoreError as error:
            self.call_from_thread(self.exit, str(error), BAD_STORE)
        except Exception as error:  # an unforeseen error ends in a sentence and an exit code
            fault = f"The catalogue of {display_path(self._store)} could not be compiled: {safe.line(str(error))}."
            self.call_from_thread(self.exit, fault, BAD_STORE)
        else:
            self.call_from_thread(lambda: self.call_later(self._open, catalogue))

    def _advance(self, done: int, total: int) -> None:
        self._update_loading(lambda screen: screen.advance(done, total))

    def _begin(self, summary: CorpusSummary) -> None:
        self._update_loading(lambda screen: screen.begin(summary))

    def _update_loading(self, update: Callable[[LoadingScreen], None]) -> None:
        """Update the loading screen from the compiling thread; once the reader has quit, end this thread.

        The application may close between the first check and the update. The unfinished file is removed.
        """

        def update_if_open() -> bool:
            is_open = self.is_running and bool(self.screen_stack)
            if is_open:
                update(self._loading)
            return is_open

        if not self.is_running or not self.call_from_thread(update_if_open):
            raise SystemExit

    @property
    def _loading(self) -> LoadingScreen:
        from tui.explorer.screens.loading import LoadingScreen

        return next(screen for screen in self.screen_stack if isinstance(screen, LoadingScreen))

    async def _open(self, catalogue: CatalogueReader) -> None:
        """Open the main screen at the text position that the reader has reached, and run a pending query."""
        top, query = self._loading.top, self._loading.pending_query
        while len(self.screen_stack) > 1:
            await self.pop_screen()  # help, or the palette
        screen = MainScreen(catalogue, self._first, self.actions, top)
        await self.push_screen(screen)
        if query:
            screen.call_after_refresh(screen.search_for, query)

    def action_command_palette(self) -> None:
        """Open the command palette."""
        from textual.command import CommandPalette

        if not CommandPalette.is_open(self):  # type: ignore[arg-type]
            placeholder = "an action, or an agreement by its title"
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def action_help(self) -> None:
        """Show every key, in groups."""
        from tui.explorer.screens.modal import PageModal
        from tui.pages import start

        titles = {
            "reading": "Reading",
            "movement": "Moving",
            "page": "On a page",
            "tree": "In the tree",
            "search": "In the search",
            "app": "Always",
        }
        groups = [
            (
                title,
                [
                    (shown_keys(action), action.words)
                    for action in self.actions
                    if action.scope == scope and action.keys
                ],
            )
            for scope, title in titles.items()
        ]
        self.push_screen(PageModal(start.help_page(groups)))
