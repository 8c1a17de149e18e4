"""The Textual application: opens the store, chooses theme and first screen."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input

from tui import paths
from tui.actions import chief_key, first_keys, spelled, with_keys
from tui.address import Address
from tui.catalogue import build
from tui.catalogue.connection import CATALOGUE_ERRORS
from tui.corpus import safe
from tui.corpus.file import StoreError, display_path
from tui.corpus.plurals import counted
from tui.explorer import themes
from tui.explorer.bindings import bindings
from tui.explorer.keyboard import TakesEveryKey, latin_key
from tui.explorer.navigator import START
from tui.explorer.screens.main import MainScreen
from tui.explorer.widgets.query_input import QueryInput
from tui.state import State, read_state, write_state

if TYPE_CHECKING:
    from tui.catalogue.reader import CatalogueReader
    from tui.catalogue.summary import CorpusSummary
    from tui.explorer.screens.loading import LoadingScreen

BAD_STORE = 3


class Explorer(App[str]):
    """Textual application that explores one store.

    If the store cannot be opened, `run` returns a sentence and the return code is BAD_STORE.
    """

    CSS_PATH = "app.tcss"
    TITLE = "Agreements"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]

    def __init__(
        self, store: Path, cache_folder: Path, first: Address | None = None, *, state_file: Path | None = None
    ) -> None:
        """Open a store at an address, or at the start page. Without `state_file` nothing is kept between two runs."""
        super().__init__()
        self._state_file = state_file
        self._state = read_state(state_file) if state_file else State()
        self._store = store
        self._cache_folder = cache_folder
        self._first = self._address = first or START
        self.animation_level = "none"
        keys, self._keymap_fault = self._read_keymap()
        self.set_keymap(keys)
        self.actions = with_keys(keys)
        """All actions, with the keys of the reader's keymap."""
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        named = os.environ.get("TEXTUAL_THEME", "")
        kept = self._state.theme
        self._theme_fault = ""
        if named and not self._set_first_theme(named):
            self._theme_fault = f"There is no theme {safe.quoted(named)}; the palette lists them."
        if not named or self._theme_fault:
            self._set_first_theme(kept if kept in self.available_themes else themes.DARK.name)
        self._first_theme = self.theme
        self._is_theme_chosen = False

    def _set_first_theme(self, name: str) -> bool:
        """Set a theme; ours without the watcher, which would parse the style sheet again. Return False if unknown."""
        if name not in self.available_themes:
            return False
        if name not in (themes.DARK.name, themes.LIGHT.name):
            self.theme = name  # the watcher does more for themes of the terminal's own colours
            return True
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())
        return True

    def use_theme(self, name: str) -> bool:
        """Use a theme before the application runs, and keep it for later runs. Return False if it is unknown."""
        self._is_theme_chosen = self._set_first_theme(name)
        self._first_theme = self.theme
        return self._is_theme_chosen

    @property
    def address(self) -> Address:
        """The address on show; after the end of the application, the last one."""
        return self._address

    def exit(self, *args: Any, **named: Any) -> None:
        """End the application, keeping theme, order of the tree and the address on show for the next run."""
        main = (screen for screen in self.screen_stack if isinstance(screen, MainScreen))
        screen = next((screen for screen in main if screen.is_filled), None)
        state = read_state(self._state_file) if self._state_file else State()  # another explorer may have written
        if self._is_theme_chosen or self.theme != self._first_theme:
            state = state._replace(theme=self.theme)
        if screen is not None:
            self._address = screen.visit.address
            store = os.path.abspath(self._store)
            state = state._replace(ordering=screen.ordering, store=store, address=self._address.text())
        if self._state_file:
            write_state(self._state_file, state)
        super().exit(*args, **named)

    def _read_keymap(self) -> tuple[dict[str, str], str]:
        """Return the keys of the reader's keymap, and sentences about its faults."""
        file = paths.keymap_file()
        if not os.path.exists(file):  # Path.exists raises errors of a folder that cannot be read
            return {}, ""
        from tui.explorer import keymap

        return keymap.read(file)

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen if the catalogue is up to date, else the screen that shows its compilation."""
        ready = build.open_current(self._store, self._cache_folder)
        if ready:
            return MainScreen(ready, self._first, self.actions, ordering=self._state.ordering)
        from tui.explorer.screens.loading import LoadingScreen

        quit_key = next(chief_key(action) for action in self.actions if action.id == "quit")
        return LoadingScreen(safe.line(self._store.name), first_keys(self.actions), quit_key)

    def on_mount(self) -> None:
        """Start compiling if the catalogue is not up to date, and report faults of keymap and theme."""
        if not isinstance(self.screen, MainScreen):
            self._compile()
        self.call_after_refresh(self._enable_garbage_collector)
        for fault in filter(None, (self._keymap_fault, self._theme_fault)):
            self.notify(fault, severity="warning", markup=False, timeout=10)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver of this terminal: our own where there are POSIX terminals."""
        if os.name == "nt":
            return super().get_driver_class()
        from tui.explorer.driver import TerminalDriver

        return TerminalDriver

    async def on_event(self, event: events.Event) -> None:
        """Ignore all buttons of the mouse but the first, and make pasted text one line.

        Textual takes every button for a click, and its Input takes the first line of a paste only.
        """
        if isinstance(event, (events.MouseDown, events.MouseUp)) and event.button != 1:
            return
        if isinstance(event, events.Paste):
            event.text = safe.pasted(event.text)
        await super().on_event(event)

    def get_key_display(self, binding: Binding) -> str:
        """Return the key of a binding as the footer shows it."""
        return spelled(binding.key)

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text to the clipboard of the terminal, which may refuse it, and say how long it is."""
        if not text:
            return
        super().copy_to_clipboard(text)
        self._show_notice(f"{counted(len(text), 'character')} sent to the clipboard of the terminal.")

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Run the binding of a key; where it has none, that of the Latin key in its place. Return whether there is one.

        Escape first clears the selected text, and does what it is bound to where there is none.

        Overrides a private method of Textual, which has no public place between a key and the look-up of its bindings.
        While an input has the focus, Textual looks up no binding of a key that types a character.
        """
        if isinstance(self.screen, MainScreen) and (not priority or isinstance(self.focused, Input)):
            self.screen.clear_notice()  # not sooner, so that a notice that the key shows again does not flicker
        if key == "escape" and priority and isinstance(self.screen, MainScreen) and self.screen.selections:
            self.screen.clear_selection()
            return True
        if await super()._check_bindings(key, priority):
            return True
        latin = latin_key(key)
        return latin != key and await super()._check_bindings(latin, priority)

    def _enable_garbage_collector(self) -> None:
        """Enable the garbage collector, which is off during the start. `freeze` exempts the objects of the imports."""
        gc.freeze()
        gc.enable()

    def on_key(self, event: events.Key) -> None:
        """Forward a letter, enter or escape that was sent before an input had the focus, or a modal stood, to these.

        Keys that arrive together are all sent to the widget that has the focus at that moment. An input and a modal
        that takes every key keep what they get; so a key that bubbles up to here was sent before they could.
        """
        if isinstance(self.screen, TakesEveryKey):
            event.prevent_default()
            self.screen.post_message(events.Key(event.key, event.character))
            return
        typed_into = Input if event.is_printable else QueryInput if event.key in ("enter", "escape") else ()
        if self.focused and isinstance(self.focused, typed_into):
            event.prevent_default()
            self.focused.post_message(events.Key(event.key, event.character))

    def _handle_exception(self, error: Exception) -> None:
        """End with a sentence if a catalogue that proved damaged could not be compiled again.

        Overrides a private method of Textual, which has no public place for errors of every widget.
        """
        if isinstance(error, StoreError):
            self.exit(str(error), BAD_STORE)
        else:
            super()._handle_exception(error)

    @work(thread=True)
    def _compile(self) -> None:
        try:
            catalogue = build.build_in_subprocess(
                self._store, self._cache_folder, self._show_progress, self._show_summary
            )
        except StoreError as error:
            self.call_from_thread(self.exit, str(error), BAD_STORE)
        except CATALOGUE_ERRORS as error:
            fault = f"The catalogue of {display_path(self._store)} could not be compiled: {safe.line(str(error))}."
            self.call_from_thread(self.exit, fault, BAD_STORE)
        else:
            self.call_from_thread(lambda: self.call_later(self._open, catalogue))

    def _show_progress(self, done: int, total: int) -> None:
        self._update_loading(lambda screen: screen.advance(done, total))

    def _show_summary(self, summary: CorpusSummary) -> None:
        self._update_loading(lambda screen: screen.begin(summary))

    def _update_loading(self, update: Callable[[LoadingScreen], None]) -> None:
        """Update the loading screen from the compiling thread. Raises SystemExit in it once the reader has quit.

        That ends the compilation, which removes its unfinished file. The application may close between the first check
        and the update, so the second check is made on the UI thread.
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
        from tui.pages import start
        from tui.pages.resources import Resources

        page = start.compose(start.load(Resources(catalogue, self.actions), START))
        top, query = self._loading.top_in(page), self._loading.pending_query
        while len(self.screen_stack) > 1:
            await self.pop_screen()  # help, or the palette
        screen = MainScreen(catalogue, self._first, self.actions, top, self._state.ordering)
        await self.push_screen(screen)
        if query:
            screen.call_after_refresh(screen.search_for, query)

    # The palette and the other screens are imported when they are first used: the first frame does not need them.

    def action_command_palette(self) -> None:
        """Open the command palette."""
        from tui.explorer.palette import Commands
        from tui.explorer.screens.palette import Palette

        if not Palette.is_open(self):  # type: ignore[arg-type]
            self.push_screen(Palette([Commands], placeholder="an action, a page, or a record by its title"))

    def search_themes(self) -> None:
        """Open the palette with the themes alone."""
        from tui.explorer.palette import Themes
        from tui.explorer.screens.palette import Palette

        self.push_screen(Palette([Themes], placeholder="a theme by its name"))

    def action_help(self) -> None:
        """Show every key and every view, beginning with the keys of the focused pane."""
        from tui.explorer.screens.help import HelpModal, section
        from tui.pages import help as help_page

        self.push_screen(HelpModal(help_page.compose(help_page.of_actions(self.actions, section(self.focused)))))

    def action_help_quit(self) -> None:
        """Say by which key the program is left; Textual's sentence would name another one."""
        keys = [chief_key(action) for action in self.actions if action.id in ("quit", "quit-anywhere")]
        if isinstance(self.focused, Input):
            keys = [key for key in keys if len(key) > 1]  # not one that types a character
        self._show_notice(f"{next(filter(None, keys), 'Quit in the palette')} leaves.")

    def _show_notice(self, sentence: str) -> None:
        """Show a sentence: in the row of the footer where there is one."""
        if isinstance(self.screen, MainScreen):
            self.screen.show_notice(sentence)
        else:
            self.notify(sentence, markup=False)
