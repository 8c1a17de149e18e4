"""Catalogues that are damaged while the explorer is open: they are compiled again, or it ends with a sentence."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from textual import events

from tests.helpers.catalogues import damage_sealed, only_file
from tests.helpers.explorer import DECLARATION, PACT, Explore
from tests.helpers.stores import SHIPPED
from tui.explorer.app import BAD_STORE

NO_RECORDS = "UPDATE record SET record = '{'"
NO_TREE = "DROP TABLE grouping; UPDATE groups SET label = char(27) || '[2J'"
NO_SEARCH = "UPDATE search_docsize SET sz = x''; DELETE FROM search_content"
NO_WORDS = "UPDATE vocabulary SET documents = 'many', stem = NULL WHERE false; DROP TABLE form"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return Path(shutil.copy(SHIPPED, tmp_path / "store.json"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the cache folder of an explorer of a store that is not the shipped one."""
    return tmp_path / "cache"


@pytest.mark.parametrize("damage", [NO_RECORDS, NO_TREE, NO_SEARCH, NO_WORDS])
async def test_damage_while_the_explorer_is_open_is_repaired(
    explore: Explore, store: Path, folder: Path, damage: str
) -> None:
    async with explore((120, 36), store=store) as reader:
        damage_sealed(only_file(folder), damage)
        await reader.press("right_square_bracket", "o", "2", "down", "down", "right_square_bracket")
        assert reader.shown
        await reader.search("neutrality pact")
        assert reader.found[0] == PACT
        await reader.press("enter", "o", "4")
        assert reader.shown == PACT
        assert "\x1b" not in reader.screen
        assert reader.notices == []


@pytest.mark.parametrize("damage", [NO_RECORDS, NO_TREE, NO_SEARCH, NO_WORDS])
async def test_damage_before_the_start_is_repaired(explore: Explore, store: Path, folder: Path, damage: str) -> None:
    async with explore((120, 36), store=store) as reader:
        labels = reader.tree_labels()
    damage_sealed(only_file(folder), damage)
    async with explore((120, 36), PACT, store=store) as reader:
        assert reader.tree_labels() == labels
        assert reader.shown == PACT
        assert reader.notices == []


async def test_damage_without_a_store_ends_the_explorer_with_a_sentence(
    explore: Explore, store: Path, folder: Path
) -> None:
    async with explore((80, 24), store=store) as reader:
        damage_sealed(only_file(folder), NO_RECORDS)
        store.unlink()
        reader.app.post_message(events.Key("right_square_bracket", "]"))
        for _ in range(500):
            if reader.app._exit:
                break
            await asyncio.sleep(0.01)
    assert reader.app.return_code == BAD_STORE
    assert reader.app.return_value == f"There is no store at {store}; name another with --store FILE."


async def test_search_of_a_damaged_catalogue_without_a_store_says_so(
    explore: Explore, store: Path, folder: Path
) -> None:
    async with explore((80, 24), DECLARATION, store=store) as reader:
        damage_sealed(only_file(folder), NO_SEARCH)
        store.unlink()
        await reader.search("neutrality")
        await reader.settle()
        assert "There is no store at" in reader.hear()
