"""Input for a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import Input

from tui.corpus import safe


class QueryInput(Input, inherit_bindings=False):
    """Input whose value is made safe to show, as texts of the store are.

    Keys that come in one burst act one after the other: enter calls `submit` with the text at once, not by a message,
    other keys do at once what they are bound to, and keys behind them go to the widget that has the focus then.

    It has not the keys that Textual's Input inherits from a scrolling widget: these do nothing, and would hide from the
    footer that `up` and `down` walk the results.
    """

    DEFAULT_CSS = "QueryInput > .input--placeholder { color: $text-muted; }"
    BINDINGS: ClassVar[list[BindingType]] = [*Input.BINDINGS]

    def __init__(
        self,
        submit: Callable[[str], None],
        *,
        erase: Callable[[], None] = lambda: None,
        replaced: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> None:
        """Create an input.

        `erase` is called for backspace before the text, `replaced` after a text was typed or pasted over all of the
        one before; `options` are those of Textual's Input.
        """
        super().__init__(select_on_focus=False, **options)
        self._submit = submit
        self._erase = erase
        self._replaced = replaced

    def validate_value(self, value: str) -> str:
        """Return the value with control characters as visible marks."""
        return safe.line(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the value; if it is all of it by another text, call `replaced`."""
        is_all = bool(text and self.value) and sorted((start, end)) == [0, len(self.value)]
        super().replace(text, start, end)
        if is_all:
            self._replaced()

    async def on_key(self, event: events.Key) -> None:
        """Act at once on a key that types nothing. Return keys that came before the focus moved on to the application.

        Textual would act on it in the queue of the application, after the letters that came with it.
        """
        if self.app.focused is not self:
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key == "enter":
            self._submit(self.value)
        elif event.is_printable or not await self.app._check_bindings(event.key):
            return
        event.prevent_default()
        event.stop()

    def action_delete_left(self) -> None:
        """Delete what is selected or the character before the cursor; before the text, call `erase`."""
        if self.selection.is_empty and self.cursor_position == 0:
            self._erase()
        else:
            super().action_delete_left()

    async def action_submit(self) -> None:
        """Submit the text."""
        self._submit(self.value)
