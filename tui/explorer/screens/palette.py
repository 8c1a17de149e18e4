"""The command palette: Textual's, as a box in the middle of the screen with one line for each entry."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.command import Command, CommandInput, CommandList, CommandPalette
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual, VisualType
from textual.widgets import Input, LoadingIndicator
from textual.widgets.option_list import Option
from textual.worker import WorkerCancelled

from tui.corpus import safe
from tui.explorer.palette import Entry
from tui.explorer.screens.resize import IgnoreStaleResize

if TYPE_CHECKING:
    from typing_extensions import Self


class EntryLine(Visual):
    """One line: an entry, cut where there is no room for it, and its remark at the right end."""

    def __init__(self, text: str, remark: str) -> None:
        self._text = Content(text)
        self._remark = remark and f"  {remark}"

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the line at a width."""
        room = max(1, width - cell_len(self._remark))
        line = Content.assemble(self._text.truncate(room, ellipsis=True, pad=True), self._remark)
        return line.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width at which nothing is cut."""
        return self._text.cell_length + cell_len(self._remark)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the height, which is the same at any width."""
        return 1


class EntryList(CommandList):
    """List of the entries."""

    def add_options(self, new_options: Iterable[Option | VisualType | None]) -> Self:
        """Add entries, each as one line."""
        return super().add_options(map(_as_line, new_options))

    def action_page_up(self) -> None:
        """Move one page up. Do nothing before the first layout, when Textual 8.2.8 raises KeyError."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move one page down. Do nothing before the first layout."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]


def _as_line(option: Option | VisualType | None) -> Option | VisualType | None:
    if not isinstance(option, Command) or not isinstance(option.hit, Entry):
        return option
    return Command(EntryLine(str(option.hit.text), option.hit.remark), option.hit, id=option.id)


class PaletteInput(CommandInput):
    """Input whose value is made safe to show."""

    DEFAULT_CSS = """
    PaletteInput, PaletteInput:focus { border: none; height: 1; padding: 0 1; }
    PaletteInput > .input--placeholder { color: $text-muted; }
    """

    def validate_value(self, value: str) -> str:
        """Return the value with control characters as visible marks."""
        return safe.line(value)


class Palette(IgnoreStaleResize, CommandPalette):
    """Command palette with the entries of the given providers."""

    DEFAULT_CSS = """
    Palette {
        align: center middle;
        #--container {
            width: 72;
            max-width: 100%;
            height: 16;
            max-height: 100%;
            margin: 0;
            border: round $border;
            background: $background;
            visibility: visible;
        }
        #--input, #--input.--list-visible { height: 2; border: none; border-bottom: solid $border; }
        #--results { overlay: none; height: 1fr; }
        EntryList { border: none; height: 1fr; max-height: 100%; scrollbar-size-vertical: 1; }
        EntryList > .option-list--option { padding: 0 1; text-style: none; }
        EntryList > .option-list--option-highlighted {
            color: $background; background: $foreground; text-style: bold;
        }
        EntryList:nocolor > .option-list--option-highlighted {
            color: $foreground; background: $background; text-style: bold reverse;
        }
        LoadingIndicator { display: none; }
    }
    """

    def compose(self) -> ComposeResult:
        """Yield input and list, under the names by which Textual's palette finds them."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield PaletteInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield EntryList()
                yield LoadingIndicator()

    def on_click(self, event: events.Click) -> None:
        """Ignore a click that was sent before the palette closed. Textual 8.2.8 would close the screen below."""
        if not self.is_active:
            event.prevent_default()

    @on(Input.Submitted)
    async def _wait_for_entries(self) -> None:
        """Let an enter that came right after letters choose among their entries, not among those before them."""
        for worker in [worker for worker in self.workers if worker.node is self]:
            with suppress(WorkerCancelled):
                await worker.wait()
