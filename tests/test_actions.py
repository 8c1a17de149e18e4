"""The table of actions: every action calls something that there is."""

from __future__ import annotations

import pytest

from tui.actions import ACTIONS, Action
from tui.explorer.app import Explorer
from tui.explorer.screens.main import MainScreen
from tui.explorer.widgets.agreement_tree import AgreementTree
from tui.explorer.widgets.find_bar import FindBar
from tui.explorer.widgets.page_view import PageView
from tui.explorer.widgets.search_panel import SearchPanel

OWNERS = {
    "reading": (MainScreen,),
    "app": (Explorer,),
    "movement": (AgreementTree, PageView),
    "tree": (AgreementTree,),
    "page": (PageView,),
    "search": (SearchPanel,),
    "find": (FindBar,),
}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_calls_a_method_that_there_is(action: Action) -> None:
    target, _, name = action.call.partition("(")[0].rpartition(".")
    owners = {"app": (Explorer,), "screen": (MainScreen,)}.get(target, OWNERS[action.scope])
    assert all(hasattr(owner, f"action_{name}") for owner in owners)
