"""Workaround for a resize loop, a base class of every screen."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump


class IgnoreStaleResize(MessagePump):
    """Ignores resize events whose size is stale (works around a resize loop in Textual 8.2).

    A screen that is laid out for a size sends itself that size again. With two sizes in its queue, each would bring the
    other back for ever.
    """

    def check_message_enabled(self, message: Message) -> bool:
        """Return whether a message enters the queue."""
        if isinstance(message, events.Resize) and message.size != self.app.size:
            return False
        return super().check_message_enabled(message)
