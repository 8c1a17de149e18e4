"""Size of a record and of a page: work grows no faster than the record, and a long word costs what a long text does."""

from __future__ import annotations

import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.long_records import LONG
from tests.helpers.stores import hostile_store, write_store
from tests.helpers.work import steps
from tui.address import Address
from tui.catalogue import build
from tui.corpus import cells, safe
from tui.corpus.check import check
from tui.corpus.references import find_provisions
from tui.pages import plain, views
from tui.pages.blocks import Block
from tui.pages.layout import Layout, wrap
from tui.pages.resources import NotFound, Resources
from tui.pages.views import VIEWS

SHORT, LENGTH = 60, 360
MOST_GROWTH = 1.2 * LENGTH / SHORT
"""Little more than linear growth: the steps of Python are counted, which are the same in every run."""


SUBJECTS = {"ID": "a", "NAME": "n", "SOURCE": "s0", "ERA": "e0", "QUERY": "fish"}


def show(resources: Resources, address: Address) -> None:
    """Load, compose, lay out and print a page, and look for what the explorer looks for in it."""
    page = views.page(resources, address, 80)
    if isinstance(page, NotFound):
        return
    assert list(plain.lines(page, 80))
    layout = Layout(page, 40, cells.length)
    last = len(layout.lines)
    assert layout.line_at(layout.position_at(last - 1)) == last - 1
    assert layout.links_between(0, last) == layout.links_between(0, last)
    views.excerpt(page, ".sources")


@pytest.mark.parametrize("many", LONG)
def test_work_of_every_view_grows_with_the_record(tmp_path: Path, many: str) -> None:
    work: dict[int, dict[str, int]] = {}
    for length in (SHORT, LENGTH):
        store = write_store(tmp_path / f"{length}.json", LONG[many](length))
        resources = Resources(build.open_or_build(store, tmp_path / "cache"))
        work[length] = {}
        for name, view in VIEWS.items():
            address = Address(name, (SUBJECTS[view.subjects],) if view.subjects in SUBJECTS else ())
            work[length][name] = steps(partial(show, resources, address))
    grown = {name: most / work[SHORT][name] for name, most in work[LENGTH].items()}
    assert {name: growth for name, growth in grown.items() if growth > MOST_GROWTH} == {}


@pytest.mark.parametrize("character", ["x", "漁", "é", "👩", "e\u0301", "、", "-"])
def test_width_of_a_character_is_measured_once_a_text(character: str) -> None:
    measured: list[str] = []

    def measure(text: str) -> int:
        measured.append(text)
        return cells.length(text)

    assert len(list(wrap(character * 2_000, 40, measure))) >= 50
    assert len(measured) <= len(character)


def test_line_of_a_position_is_found_in_a_few_steps() -> None:
    page = (Block("word " * 4_000, lead="lead " * 100, hang=10), Block("end", above=2))
    layout = Layout(page, 40, cells.length)
    positions = [layout.position_at(number) for number in range(len(layout.lines))]
    assert [layout.line_at(position) for position in positions[:-3]] == list(range(len(positions) - 3))
    assert steps(lambda: layout.line_at(positions[-4])) < 100


def test_only_short_texts_are_normalized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bringing a run of combining marks into a normal form takes time by the square of its length."""
    normalize, longest = unicodedata.normalize, 0

    def measured(form: Any, text: str) -> str:
        nonlocal longest
        longest = max(longest, len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", measured)
    marks = "e" + "\u0301\u0316" * 5_000
    store = hostile_store(tmp_path / "store.json", marks)
    resources = Resources(build.open_or_build(store, tmp_path / "cache"))
    check(store)
    for name, view in VIEWS.items():
        show(resources, Address(name, ("plain",) if view.subjects == "ID" else (marks,) if view.subjects else ()))
    agreement = resources.reader.agreement("plain")
    assert agreement
    find_provisions(agreement, f"{marks} 1")
    safe.pasted(marks)
    assert 0 < longest <= safe.MAX_TYPED
