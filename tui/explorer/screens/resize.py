"""What every screen of ours has in common: it comes to rest when the window is resized fast."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump


class IgnoreStaleResize(MessagePump):
    """Takes no size but the terminal's own of now.

    A screen that is laid out for one size sends itself that size again. Where two sizes wait in its queue, each would
    call up the other for ever (Textual 8.2).
    """

    def check_message_enabled(self, message: Message) -> bool:
        """Whether a message is taken into the queue."""
        if isinstance(message, events.Resize) and message.size != self.app.size:
            return False
        return super().check_message_enabled(message)
