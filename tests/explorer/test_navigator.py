"""Tests of the navigator with a display that only records what it is given."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui import address
from tui.address import Address
from tui.explorer.history import Visit
from tui.explorer.navigator import START, Navigator
from tui.pages.layout import TOP, TextPosition

A, B, C = (address.agreement(name) for name in "abc")
MIDDLE = TextPosition(3, 40)


class FakeDisplay:
    def __init__(self) -> None:
        self.visit = Visit(START, TOP)
        self.previews: list[Address] = []

    def show_address(self, target: Address, position: TextPosition | None, *, is_preview: bool) -> bool:
        if target.agreement_id == "missing":
            return False
        self.visit = Visit(target, position or TOP)
        if is_preview:
            self.previews.append(target)
        return True

    def show_results(self, visit: Visit) -> bool:
        self.visit = visit
        return True


@pytest.fixture
def display() -> FakeDisplay:
    return FakeDisplay()


@pytest.fixture
def navigator(display: FakeDisplay) -> Navigator:
    return Navigator(display)


def addresses_behind(navigator: Navigator) -> list[Address]:
    """Go back to the beginning; return the addresses passed, the last first."""
    passed = []
    while navigator.back():
        passed.append(navigator.address)
    return passed


def test_back_returns_to_the_text_position_that_was_left(navigator: Navigator, display: FakeDisplay) -> None:
    navigator.go(A)
    display.visit = Visit(A, MIDDLE)
    navigator.go(B)
    assert navigator.back()
    assert navigator.visit == Visit(A, MIDDLE)
    assert navigator.forward()
    assert navigator.visit == Visit(B, TOP)


def test_first_address_has_no_history(navigator: Navigator) -> None:
    assert navigator.start_at(A)
    assert not navigator.back()
    assert not navigator.forward()
    assert navigator.address == A


def test_missing_address_changes_nothing(navigator: Navigator) -> None:
    navigator.go(A)
    assert not navigator.go(address.agreement("missing"))
    assert navigator.address == A
    assert addresses_behind(navigator) == [START]


def test_going_to_the_address_on_show_adds_no_visit(navigator: Navigator) -> None:
    navigator.go(A)
    assert navigator.go(A)
    assert addresses_behind(navigator) == [START]


def test_going_on_forgets_the_visits_ahead(navigator: Navigator) -> None:
    for target in (A, B):
        navigator.go(target)
    navigator.back()
    navigator.go(C)
    assert not navigator.forward()
    assert addresses_behind(navigator) == [A, START]


def test_history_skips_previews(navigator: Navigator, display: FakeDisplay) -> None:
    for target in (A, B, C):
        navigator.preview_later(target)
        navigator.show_pending()
    assert display.previews == [A, B, C]
    assert addresses_behind(navigator) == [START]


def test_settled_preview_is_kept(navigator: Navigator) -> None:
    for target in (A, B):
        navigator.preview_later(target)
        navigator.show_pending()
        navigator.settle()
    navigator.preview_later(C)
    navigator.show_pending()
    assert addresses_behind(navigator) == [B, A, START]


def test_only_the_last_pending_preview_is_shown(navigator: Navigator, display: FakeDisplay) -> None:
    navigator.preview_later(A)
    navigator.preview_later(B)
    for _ in range(2):
        navigator.show_pending()
    assert display.previews == [B]


def test_cursor_back_on_the_shown_address_cancels_the_pending_preview(
    navigator: Navigator, display: FakeDisplay
) -> None:
    navigator.go(A)
    navigator.preview_later(B)
    navigator.preview_later(A)
    navigator.show_pending()
    assert navigator.address == A
    assert not display.previews


def test_going_on_cancels_the_pending_preview(navigator: Navigator) -> None:
    navigator.preview_later(A)
    navigator.go(B)
    navigator.show_pending()
    assert navigator.address == B


def test_accepted_preview_keeps_the_visit_before_it(navigator: Navigator) -> None:
    before = navigator.visit
    navigator.preview(A)
    navigator.preview(B)
    navigator.keep(before)
    assert addresses_behind(navigator) == [START]


def test_visit_of_the_address_on_show_is_not_kept(navigator: Navigator) -> None:
    navigator.go(A)
    navigator.keep(navigator.visit)
    assert addresses_behind(navigator) == [START]


@pytest.mark.parametrize(("shown", "is_ahead"), [(A, True), (C, False)])
def test_results_that_are_put_back_keep_what_is_ahead_of_their_page(
    navigator: Navigator, display: FakeDisplay, shown: Address, is_ahead: bool
) -> None:
    results = Visit(Address("search", ("fish",)), TOP, "a")
    navigator.go(A)
    navigator.keep(results)
    navigator.go(B)
    assert navigator.back()
    assert navigator.back()
    assert display.visit == results
    display.visit = Visit(shown, TOP)
    navigator.put_back(results)
    assert navigator.forward() == is_ahead
    assert navigator.address == (B if is_ahead else C)
    assert results.address in addresses_behind(navigator)


def test_navigator_and_search_session_do_not_import_textual() -> None:
    code = "import sys, tui.explorer.navigator, tui.explorer.search_session; print('textual' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
