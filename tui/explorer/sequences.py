"""Parser of escape sequences: what is one, how long to wait for the rest of one, and which do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf
from time import monotonic

from textual import constants
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import _MAX_SEQUENCE_SEARCH_THRESHOLD, XTermParser
from textual.events import Key
from textual.message import Message

ESC = "\x1b"
UNFINISHED = 2.0
"""Seconds to wait for the rest of a sequence that is longer than any key typed by hand."""

_STRING = r"(?: \][0-9lL] | P[ -?] | [X^_][ -~] ) [^\x00-\x1f\x7f\x9c]*"
"""Reply of the terminal after ESC, without its end: OSC, DCS, SOS, PM or APC."""
_TOKEN = re.compile(
    rf"""
    (?P<text> [^\x1b]+ )
    | (?P<rxvt> \x1b \[ [0-9]+ \$ (?![@-~]) )
    | (?P<unfinished> \x1b (?: \[ (?: \[ | M.{{0,2}} | [0-?]*[\ -/]* ) | O[0-9;]* | [\]PX^_] | {_STRING} \x1b? )? \Z )
    | (?P<sequence> \x1b (?: \[ (?: \[[A-E] | M.{{3}} | [0-?]*[\ -/]*[@-~] ) | O[0-9;]*[\ -~] ) )
    | (?P<reply> \x1b {_STRING} (?: \x1b\\ | [\x07\x18\x1a\x9c] )? )
    | (?P<damaged> \x1b (?: \[[\ -?]+ | O[0-9;]+ ) )
    | (?P<alt> \x1b [^\x1b] )
    | (?P<escape> \x1b )
    """,
    re.DOTALL | re.VERBOSE,
)
_REST = re.compile(rf"\[ [0-?]+ [\ -/]* [A-Za-z~] | [\[O] [A-Za-z] (?: {ESC} | \Z ) | {_STRING}", re.VERBOSE)
"""Sequence of which ESC has already been taken for the key."""


class SequenceParser(XTermParser):
    """Parser that keeps what is no key from being read as keys.

    In Textual 8.2.8 the characters of a sequence that it does not know act as keys: a reply of the terminal that was
    meant for another program (`ESC ] 11 ; rgb:…`) opens another document. So does an arrow whose parts are further
    apart than the escape delay. Textual has no issue about that; https://github.com/Textualize/textual/issues/3742
    added a list of single sequences to be ignored.

    - Sequences that Textual does not know, and replies, do nothing, also in parts.
    - ESC alone is the escape key after the escape delay, or when a key comes after it in another read.
    - ESC and a character that come in one read are that key with alt, which types nothing.
    """

    _pending = ""  # the begin of an unfinished sequence
    _is_split = False  # whether the first two characters of it came in different reads
    _deadline = inf
    _late_until = -inf

    def feed(self, data: str) -> Iterable[Message]:
        """Return the messages for characters that were read; an empty text is the end of the input."""
        if not data:
            yield from super().feed(data)
            return
        is_split = self._is_split or self._pending == ESC
        if not self._pending and monotonic() < self._late_until and _REST.match(data):
            self._pending = ESC
        data = self._pending + data
        self._pending, self._is_split, self._deadline, self._late_until = "", False, inf, -inf
        for match in _TOKEN.finditer(data):
            if match.lastgroup == "unfinished":
                self._wait(match[0], is_split)
            else:
                yield from self._read(match.lastgroup, match[0], is_split)
            is_split = False

    def _wait(self, token: str, is_split: bool) -> None:
        may_be_typed = token == ESC or (is_split and len(token) == 2)
        self._pending, self._is_split = token, is_split
        self._deadline = monotonic() + (constants.ESCAPE_DELAY if may_be_typed else UNFINISHED)

    def seconds_left(self) -> float:
        """Return the time after which `tick` is due."""
        return max(0, self._deadline - monotonic())

    def tick(self) -> Iterable[Message]:
        """Return the messages that are due without further characters."""
        if monotonic() >= self._deadline:
            token, is_split = self._pending, self._is_split
            self._pending, self._is_split, self._deadline = "", False, inf
            if token == ESC:
                self._late_until = monotonic() + UNFINISHED
                yield from self._read("escape", token, is_split)
            elif len(token) == 2:
                yield from self._read("alt", token, is_split)

    def _read(self, kind: str | None, token: str, is_split: bool) -> Iterable[Message]:
        """Return the messages for one token."""
        if kind == "text":
            yield from super().feed(token)
        elif kind in ("sequence", "rxvt"):
            yield from self._read_sequence(token)
        elif kind == "escape":
            yield Key("escape", ESC)
        elif kind == "alt" and is_split:
            yield Key("escape", ESC)
            yield from super().feed(token[1:])
        elif kind == "alt" and isinstance(ANSI_SEQUENCES_KEYS.get(token), tuple):
            yield from super().feed(token)
        elif kind == "alt":
            for key in self._sequence_to_key_events(token[1:], alt=True):
                yield Key(key.key if key.key.startswith("alt+") else f"alt+{key.key}", None)

    def _read_sequence(self, token: str) -> Iterable[Message]:
        """Return the messages for a complete sequence. Textual's parser starts again if it waits for more of it."""
        if len(token) <= _MAX_SEQUENCE_SEARCH_THRESHOLD:
            yield from super().feed(token)
            if self._awaiting.timeout is not None:
                self._gen = self.parse(self._tokens.append)
                self._awaiting = next(self._gen)
                self._timeout_time = None
