"""Tests of colours: contrast of the own themes, other themes, and signs beside colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tests.helpers.explorer import DECLARATION, Explore, Reader, drawn_strips
from tests.helpers.stores import write_store
from tui.explorer import themes
from tui.explorer.styles import LEAST_CONTRAST, contrast, styles

OWN = (themes.DARK.name, themes.LIGHT.name)
ALL = (*OWN, *(name for name in BUILTIN_THEMES if not name.startswith("ansi")))
"""All themes but those of the terminal's own colours, which are not known."""


def contrast_of(style: Style) -> float:
    """Return the contrast of a style with two colours."""
    assert style.color
    assert style.bgcolor
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


async def set_theme(reader: Reader, theme: str) -> None:
    reader.app.theme = theme
    await reader.settle()


def drawn_roles(reader: Reader) -> set[str]:
    """Return the roles whose styles are drawn in the document."""
    view = reader.document
    drawn = {segment.style for y in range(view.size.height) for segment in view.render_line(y) if segment.style}
    return {role for role, style in view.role_styles.items() if any(style + found == found for found in drawn)}


def faint(reader: Reader, box: str = "") -> dict[str, float]:
    """Return texts on the screen, or in the widget of a selector, with too little contrast, each with its contrast."""
    found = {}
    strips = drawn_strips(reader.app)
    if box:
        region = reader.app.screen.query_one(box).region
        strips = [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]
    for strip in strips:
        for line_filter in reader.app._filters:  # one of them renders "dim"
            strip = strip.apply_filter(line_filter, reader.app.screen.background_colors[1])
        for segment in strip:
            text = segment.text.strip(" ─━│┬┯┘╭╮╰╯▀▄▁▂▃▅▆▇█▏▎▍▌▋▊▉▕▔╸╺┃╻╹")
            if text and segment.style and segment.style.color and segment.style.bgcolor:
                value = contrast_of(segment.style)
                if value < LEAST_CONTRAST:
                    found[text[:40]] = round(value, 2)
    return found


@pytest.mark.parametrize("theme", ALL)
def test_every_role_keeps_the_contrast(theme: str) -> None:
    """The roles of titles, hits, verdicts and keys among them."""
    described = BUILTIN_THEMES.get(theme) or next(own for own in (themes.DARK, themes.LIGHT) if own.name == theme)
    variables = {**described.to_color_system().generate(), **described.variables}
    for role, style in styles(variables).items():
        if role not in ("edge", "bar", "dragged", "sign"):  # not text
            assert contrast_of(style) >= LEAST_CONTRAST, role


async def test_titles_hits_verdicts_and_footer_are_readable_in_every_theme(explore: Explore) -> None:
    async with explore((200, 50)) as reader:
        await reader.keys_named()
        await reader.press("slash", *"joint declaration", "enter", "n")
        assert {"current", "hit"} <= drawn_roles(reader)
        assert "✓ " in reader.screen
        faults = {}
        for theme in ALL:
            await set_theme(reader, theme)
            if found := faint(reader):
                faults[theme] = found
        assert not faults


@pytest.mark.parametrize("theme", OWN)
async def test_nothing_drawn_on_any_screen_is_faint(explore: Explore, theme: str) -> None:
    faults: dict[str, dict[str, float]] = {}
    async with explore((200, 50)) as reader:
        await set_theme(reader, theme)
        for keys in (
            "",
            "down down",
            "2",
            "3",
            "f",
            "escape slash f i s h",
            "enter",
            "slash",
            "z z z z",
            "escape ctrl+f",
        ):
            await reader.press(*keys.split())
            reader.app.clear_notifications()
            await reader.settle()
            if found := faint(reader):
                faults[keys] = found
    assert not faults


@pytest.mark.parametrize(
    ("keys", "box"), [("question_mark", "#page"), ("colon", "#--container"), ("colon l i g h t", "#--container")]
)
async def test_nothing_drawn_in_a_modal_is_faint_in_any_theme(explore: Explore, keys: str, box: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press(*keys.split())
        for theme in ALL:
            await set_theme(reader, theme)
            assert not faint(reader, box), theme


async def test_banner_and_notice_are_readable(explore: Explore, tmp_path: Path) -> None:
    async with explore((80, 24), store=write_store(tmp_path / "s.json", agreements=[{"id": 1}])) as reader:
        reader.main_screen._notices.show("There is no link in view.")
        for theme in (*OWN, "textual-light", "solarized-dark", "flexoki"):
            await set_theme(reader, theme)
            assert "could not be read" in reader.screen
            assert "no link in view" in reader.screen
            assert not faint(reader), theme


async def test_accent_is_for_focus_and_cursor_only(explore: Explore) -> None:
    async with explore((200, 50), DECLARATION) as reader:
        await reader.keys_named()
        await reader.press("slash", *"sakhalin", "enter", "n")
        accent = Color.parse(reader.app.theme_variables["accent"]).rich_color
        coloured = {
            segment.text.strip()
            for strip in drawn_strips(reader.app)
            for segment in strip
            if segment.style and accent in (segment.style.color, segment.style.bgcolor)
        }
        assert {text.strip("━┯") for text in coloured} == {""}, "only the border of the focused pane"
        await reader.press("1")
        cursor = reader.tree.role_styles["cursor"]
        assert cursor.bgcolor == accent


async def test_every_theme_renders_the_same_words(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.search("fish")
        before = reader.screen
        for theme in (*OWN, *BUILTIN_THEMES):
            await set_theme(reader, theme)
            assert reader.screen == before
            assert theme not in ALL or not faint(reader), theme


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_terminal_colours_work(explore: Explore, theme: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await set_theme(reader, theme)
        await reader.press("f", "escape", "slash", "f", "i", "s", "h", "enter", "n", "question_mark", "escape")
        assert "passage 2 of" in reader.screen


async def test_every_state_has_a_sign_without_colour(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with explore((120, 36), DECLARATION) as reader:
        assert reader.app.no_color

        def attributes() -> list[list[tuple[str, bool | None, bool | None, bool | None]]]:
            """Return what is drawn, without colours."""
            found = []
            for strip in drawn_strips(reader.app):
                for line_filter in reader.app._filters:
                    strip = strip.apply_filter(line_filter, reader.app.screen.background_colors[1])
                styled = [(segment.text, segment.style or Style()) for segment in strip]
                found.append([(text, style.bold, style.reverse, style.underline) for text, style in styled])
            return found

        seen = [attributes()]
        for keys in ("right", "1", "3", "f", "escape slash f i s h", "down", "enter", "n", "colon", "down"):
            await reader.press(*keys.split())
            now = attributes()
            assert now != seen[-1], keys
            seen.append(now)


async def test_theme_of_the_environment_is_used(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "archive-light")
    async with explore((80, 24)) as reader:
        assert reader.app.theme == "archive-light"
