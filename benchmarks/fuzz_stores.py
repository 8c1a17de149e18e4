"""Mutations of a store, and what is done with each: it is opened, checked, compiled, and shown in every view.

Each case is made from a seed: values of a small store are replaced, repeated, moved or removed, texts are filled with
what breaks terminals and layouts, or bytes of the file are damaged. A store may be refused with one sentence; else no
view may raise an exception, show an unsafe character, or print a line wider than the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.fuzz_catalogue import ask, texts, write_store
from benchmarks.fuzzer import CaseRunner
from tui.address import Address
from tui.catalogue import build
from tui.corpus import safe
from tui.corpus.cells import length
from tui.corpus.check import check
from tui.corpus.file import StoreError
from tui.pages import plain, views
from tui.pages.resources import NotFound, Resources

ALPHABETS = (
    *("x", "[[a|b]] \n", "[]{}()\"'\\/", "\x00\x07\x1b\x7f\x9b]8;2J", "\u202e\u202c\u200b\ufeff\u2028", "\ud800\udfff"),
    *(
        "e\u0301\u0316\u0323",
        "漁業条約、。「」",
        "рыба",
        "👩\u200d👧\ufe0f",
        "0123456789-/~?%",
        "ﷺİßŉ",
        " \t\n\u3000\u00a0",
    ),
)
"""Characters that random texts are made of, one alphabet a text."""
LENGTHS = (0, 1, 2, 5, 20, 100, 3_000)
NUMBERS = (0, -1, 1.5, 10**30, 1e400)
MOST_MESSAGE = 400
"""Characters of the longest message."""


class Case(NamedTuple):
    """A mutated store: what was done to it, and its bytes."""

    description: str
    content: bytes


def cases(content: bytes, seed: int) -> Iterator[Case]:
    """Yield mutated forms of a store, without end."""
    random = Random(seed)
    while True:
        if random.random() < 0.25:
            yield Case(*_damage_bytes(content, random))
            continue
        store = json.loads(content)
        done = [random.choice(_MUTATIONS)(store, random) for _ in range(random.choice((1, 1, 2, 5)))]
        yield Case(", ".join(done), json.dumps(store, ensure_ascii=True, indent=random.choice((None, 1))).encode())


# -- mutations


def _random_text(random: Random) -> str:
    return "".join(random.choices(random.choice(ALPHABETS), k=random.choice(LENGTHS)))


def _random_value(random: Random) -> Any:
    text = _random_text(random)
    deep: Any = text
    for _ in range(random.choice((1, 10, 500))):
        deep = [deep] if random.random() < 0.5 else {"a": deep}
    return random.choice((text, text, random.choice(NUMBERS), None, True, [], {}, [text, text], {text: text}, deep))


def _random_place(value: Any, random: Random) -> tuple[Any, Any]:
    """Return an object or a list anywhere in a value, and a key or an index of it."""
    found = [container for container in _containers(value) if container]
    container = random.choice(found)
    return container, random.choice(list(container) if isinstance(container, dict) else range(len(container)))


def _containers(value: Any) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item)


def _replace(store: Any, random: Random) -> str:
    container, key = _random_place(store, random)
    container[key] = _random_value(random)
    return f"{key!r} is another value"


def _fill_text(store: Any, random: Random) -> str:
    """Replace a text by one of random characters, which keeps most records valid."""
    places = [
        (container, key)
        for container in _containers(store)
        for key, item in (container.items() if isinstance(container, dict) else enumerate(container))
        if isinstance(item, str)
    ]
    container, key = random.choice(places)
    filling, text = _random_text(random), container[key]
    container[key] = random.choice((filling, text + filling, filling + text, text * 50))
    return f"{key!r} has another text"


def _remove(store: Any, random: Random) -> str:
    container, key = _random_place(store, random)
    del container[key]
    return f"{key!r} is removed"


def _repeat(store: Any, random: Random) -> str:
    container, key = _random_place(store, random)
    times = random.choice((2, 2, 100))
    if isinstance(container, list):
        container[key:key] = [container[key]] * times
    else:
        container.update({f"{key}{number}": container[key] for number in range(times)})
    return f"{key!r} stands {times} times more"


def _move(store: Any, random: Random) -> str:
    (one, key), (two, other) = _random_place(store, random), _random_place(store, random)
    one[key], two[other] = json.loads(json.dumps((two[other], one[key])))
    return f"{key!r} and {other!r} are exchanged"


def _rename(store: Any, random: Random) -> str:
    container, key = _random_place(store, random)
    if isinstance(container, list):
        return _remove(store, random)
    new = random.choice((_random_text(random), str(random.randrange(9))))
    container[new] = container.pop(key)
    return f"{key!r} has another name"


def _damage_bytes(content: bytes, random: Random) -> tuple[str, bytes]:
    place, size = random.randrange(len(content)), random.choice((1, 1, 2, 30, 3_000))
    new = random.choice((b"", bytes([random.randrange(256)]), b'"', b"}", b"[" * 3_000, b"\\", content[:size]))
    return f"{new[:8]!r} for {size} bytes at {place}", content[:place] + new + content[place + size :]


_MUTATIONS: tuple[Callable[[Any, Random], str], ...] = (
    *(_replace, _fill_text, _fill_text, _fill_text, _remove, _repeat, _move, _rename),
)


# -- one case


class Fuzzer(CaseRunner[Case]):
    """Opens mutated stores in a folder, and counts what becomes of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        tables = json.loads(write_store(folder / "store.json").read_bytes())
        self.content = json.dumps({name: dict(list(table.items())[:2]) for name, table in tables.items()}).encode()
        self._folder = folder

    def outcome(self, case: Case) -> str:
        """Check, compile and show a store. Return what became of it."""
        path = self._folder / "mutated.json"
        path.write_bytes(case.content)
        try:
            findings = check(path)
        except StoreError as error:
            _check_message(str(error))
            return "refused"
        for finding in findings:
            _check_message(finding.message)
        reader = build.build_catalogue(path, self._folder / "cache")
        try:
            problems = reader.problem_count()
            assert not problems or any(finding.severity == "error" for finding in findings)
            assert all(safe.text(text) == text for text in texts(ask(reader)))
            _show(Resources(reader))
        finally:
            reader.close()
        return "read in part" if problems else "read"


def _show(resources: Resources) -> None:
    """Load and lay out the views of records at two widths, and encode them as JSON."""
    ids = [summary.id for summary in resources.reader.all_agreements()][:2]
    for view in views.VIEWS.values():
        addresses = [Address(view.name, (found,)) for found in ids] if view.subjects == "ID" else []
        for address in (*addresses, view.sample(resources)):
            data = views.load(resources, address)
            if isinstance(data, NotFound):
                _check_message(data.sentence)
                continue
            json.dumps(views.to_json(address, data))
            for width in (24, 120) if view.subjects else ():
                for line in plain.lines(views.compose(address, data, width), width):
                    assert safe.line(line) == line
                    assert length(line) <= width or "http" in line or " " not in line.strip()


def _check_message(message: str) -> None:
    assert safe.line(message) == message
    assert len(message) <= MOST_MESSAGE, message
