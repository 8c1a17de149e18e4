"""Stores for tests, written from dicts, and hostile records for every table."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import inspect

from tui.corpus import store as stores
from tui.corpus.records import TABLES, About, Agreement, Claim, Era, Link, Name, Problem, Source

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "db.json"

Fields = dict[str, Any]
UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def write_store(path: Path, tables: Mapping[str, Iterable[Fields]] | None = None, **more: Iterable[Fields]) -> Path:
    """Write a TinyDB file in which the records of each table are numbered from 1."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = {
        table: {str(number): record for number, record in enumerate(records, start=1)}
        for table, records in {"agreements": (), **(tables or {}), **more}.items()
    }
    path.write_text(json.dumps(store, ensure_ascii=True, indent=1), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Corpus:
    """A whole store: the valid records of each table, and the problems of the others."""

    about: About
    eras: list[Era]
    agreements: list[Agreement]
    links: list[Link]
    claims: list[Claim]
    sources: list[Source]
    names: list[Name]
    problems: list[Problem]


def load(path: Path) -> Corpus:
    """Read a whole store. Raises StoreError."""
    store = stores.Store(path)
    try:
        return Corpus(
            about=next((found for _, found in store.read("corpus", About)), About()),
            eras=[era for _, era in stores.read_unique(store, "eras", Era)],
            agreements=[agreement for _, agreement in stores.read_unique(store, "agreements", Agreement)],
            links=[link for _, link in store.read("links", Link)],
            claims=[claim for _, claim in stores.read_unique(store, "claims", Claim)],
            sources=[source for _, source in stores.read_unique(store, "sources", Source)],
            names=[name for _, name in stores.read_unique(store, "names", Name)],
            problems=store.problems,
        )
    finally:
        store.close()


def unsafe_characters(text: str, allowed: str = "\n") -> list[str]:
    """Return the code points of unsafe characters in a text."""
    return sorted({hex(ord(c)) for c in text if unicodedata.category(c) in UNSAFE_CATEGORIES and c not in allowed})


# -- hostile text

PIECES = (
    "[/x]",
    "[@click=app.quit]quit[/]",
    "[Signed]",
    "[sic]",
    "[red]",
    "[[",
    "<b>bold</b>",
    "**stars** _under_ `tick`",
    "\\[back\\]",
    "{braces} %s {0}",
    '"quoted" AND (NEAR',
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;http://evil.example\x1b\\link",
    "\x9b2J",
    "\x00\x07\x08\x7f",
    "\u202eesrever\u202c",
    "zero\u200bwidth\ufeff",
    "\u2028line\u2029paragraph",
    "\ud800",
    "W" * 300,
    "漁業条約、千島（クリル）",
    "рыболовство",
    "e\u0301\u0316\u0323",
    "👩\u200d👩\u200d👧",
)
HOSTILE = " ".join(PIECES)
"""Text with all kinds of input that may break a terminal, a markup parser, FTS5 or a layout."""


def hostile_record(table: str, text: str = HOSTILE, **fixed: Any) -> Fields:
    """Return a valid record with `text` in every string field of the table's type, future ones included.

    `fixed` overrides fields, the id for example. Each string begins with its own path, so that a test can find the
    fields that a page shows.
    """
    record = _filled(inspect.type_info(TABLES[table]), text, "")
    return {**record, **fixed}


def hostile_store(path: Path, text: str = HOSTILE) -> Path:
    """Write a store of hostile records, among them two agreements with the ids `plain` and `text`."""
    other = text
    return write_store(
        path,
        corpus=[hostile_record("corpus", text)],
        eras=[hostile_record("eras", text, id="era"), hostile_record("eras", text, id=other)],
        agreements=[
            hostile_record("agreements", text, id="plain", era="era", date="1941-04-13"),
            hostile_record("agreements", text, id=other, era=other),
        ],
        links=[
            hostile_record("links", text, **{"from": "plain", "to": other}),
            hostile_record("links", text, **{"from": other, "to": "plain"}),
            hostile_record("links", text, **{"from": "plain", "to": f"{text} nowhere"}),
        ],
        claims=[hostile_record("claims", text, id="claim", about="plain", source="source")],
        sources=[hostile_record("sources", text, id="source"), hostile_record("sources", text, id=other)],
        names=[hostile_record("names", text, id="name")],
    )


def _filled(kind: inspect.Type, text: str, path: str) -> Any:
    if isinstance(kind, inspect.StructType):
        prefix = f"{path}." if path else ""
        return {item.encode_name: _filled(item.type, text, prefix + item.encode_name) for item in kind.fields}
    if isinstance(kind, inspect.StrType):
        return f"{path} {text}"
    if isinstance(kind, inspect.LiteralType):
        return "memory" if "memory" in kind.values else sorted(kind.values)[0]
    if isinstance(kind, inspect.VarTupleType):
        return [_filled(kind.item_type, text, f"{path}[0]")]
    if isinstance(kind, inspect.DictType):
        return {f"{path} key {text}": _filled(kind.value_type, text, f"{path}.value")}
    if isinstance(kind, inspect.UnionType):
        options = [option for option in kind.types if not isinstance(option, inspect.NoneType)]
        return _filled(options[0], text, path)
    if isinstance(kind, inspect.BoolType):
        return False
    if isinstance(kind, inspect.IntType):
        return 1941
    raise NotImplementedError(f"{path}: unknown field type {kind}")
