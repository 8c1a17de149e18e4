"""Tests of a tree with a large group, and of the line under the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.explorer import Explore
from tests.helpers.stores import write_store


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a store with an era of 202 agreements in two years, and one of two agreements in one year."""
    return write_store(
        tmp_path / "large.json",
        eras=[{"id": "long", "title": "Long"}, {"id": "short", "title": "Short"}],
        agreements=[
            *({"id": f"{year}-{n:03}", "era": "long", "date": str(year)} for year in (1930, 1931) for n in range(101)),
            *({"id": f"short-{n}", "era": "short", "date": "1940"} for n in range(2)),
        ],
    )


async def test_large_branch_is_divided_by_year(explore: Explore, large: Path) -> None:
    async with explore((120, 36), "1931-050", store=large) as reader:
        assert reader.cursor == reader.shown == "1931-050"
        assert reader.tree.last_line + 1 == 2 + 2 + 101
        await reader.press("1", "home")
        lines = [reader.tree.render_line(y).text.strip() for y in range(3)]
        assert [line.split()[:3] for line in lines] == [
            ["▾", "Long", "202"],
            ["▸", "1930", "101"],
            ["▾", "1931", "101"],
        ]


async def test_next_and_previous_cross_from_year_to_year(explore: Explore, large: Path) -> None:
    async with explore((120, 36), "1931-001", store=large) as reader:
        for key, agreement_id in (
            ("left_square_bracket", "1931-000"),
            ("left_square_bracket", "1930-100"),
            ("left_square_bracket", "1930-099"),
            ("right_square_bracket", "1930-100"),
            ("right_square_bracket", "1931-000"),
        ):
            await reader.press(key)
            assert reader.shown == reader.cursor == agreement_id


async def test_mouse_marks_the_line_under_it_alone(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        tree = reader.tree

        def marked() -> list[int]:
            background = tree.role_styles["hover"].bgcolor
            drawn = [[s.style.bgcolor for s in tree.render_line(y) if s.style] for y in range(tree.size.height)]
            return [y for y, colours in enumerate(drawn) if colours.count(background) > 1]

        assert tree.role_styles["hover"].bgcolor not in (
            tree.role_styles["text"].bgcolor,
            tree.role_styles["cursor"].bgcolor,
        )
        assert marked() == []
        region = tree.content_region
        await reader.pilot.hover(offset=(region.x + 4, region.y + 5))
        await reader.settle()
        assert marked() == [5]
