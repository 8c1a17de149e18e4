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

OWN = (themes.DARK.name, themes.LIGHT.name)
LEAST = 4.5


def contrast(style: Style) -> float:
    """Return the WCAG contrast of a resolved style, reversed and dimmed as a terminal does."""
    assert style.color
    assert style.bgcolor
    foreground, background = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
    return ratio(foreground, background)


def ratio(foreground: Color, background: Color) -> float:
    first, second = sorted((luminance(foreground), luminance(background)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def luminance(color: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = color.rgb
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


async def set_theme(reader: Reader, theme: str) -> None:
    reader.app.theme = theme
    await reader.settle()


def faint(reader: Reader) -> dict[str, float]:
    """Return texts on the screen with too little contrast, each with its contrast."""
    found = {}
    for strip in drawn_strips(reader.app):
        for line_filter in reader.app._filters:  # one of them renders "dim"
            strip = strip.apply_filter(line_filter, reader.app.screen.background_colors[1])
        for segment in strip:
            text = segment.text.strip(" ─━│╭╮╰╯▀▄▁▂▃▅▆▇█▏▎▍▌▋▊▉▕▔╸╺┃╻╹")
            if text and segment.style and segment.style.color and segment.style.bgcolor:
                value = contrast(segment.style)
                if value < LEAST:
                    found[text[:40]] = round(value, 2)
    return found


@pytest.mark.parametrize("theme", OWN)
async def test_every_role_of_a_page_keeps_the_contrast(explore: Explore, theme: str) -> None:
    async with explore((200, 50), DECLARATION) as reader:
        await set_theme(reader, theme)
        for name in ("document", "links", "claims"):
            for role, style in reader.pane(name).role_styles.items():
                if role == "bar":
                    continue  # not text
                assert contrast(style) >= LEAST, (name, role)


@pytest.mark.parametrize("theme", OWN)
async def test_tree_titles_and_footer_keep_the_contrast(explore: Explore, theme: str) -> None:
    async with explore((200, 50), DECLARATION) as reader:
        await set_theme(reader, theme)
        for pane in ("tree", "document", "links"):
            styles = reader.main_screen.query_one(f"#{pane}").styles
            background = reader.main_screen.query_one(f"#{pane}").background_colors[1]
            assert ratio(background + styles.border_title_color, background) >= LEAST
        for key in reader.main_screen.query("FooterKey"):
            for part in ("footer-key--key", "footer-key--description"):
                style = key.get_component_rich_style(part)
                assert contrast(style + Style(bgcolor=style.bgcolor or key.background_colors[1].rich_color)) >= LEAST


@pytest.mark.parametrize("theme", OWN)
async def test_nothing_drawn_on_any_screen_is_faint(explore: Explore, theme: str) -> None:
    faults: dict[str, dict[str, float]] = {}
    async with explore((200, 50)) as reader:
        await set_theme(reader, theme)
        for keys in ("", "down down", "2", "3", "f", "escape slash f i s h", "enter", "slash z z z z"):
            await reader.press(*keys.split())
            reader.app.clear_notifications()
            await reader.settle()
            if found := faint(reader):
                faults[keys] = found
    assert not faults


async def test_banner_keeps_the_contrast(explore: Explore, tmp_path: Path) -> None:
    async with explore((80, 24), store=write_store(tmp_path / "s.json", agreements=[{"id": 1}])) as reader:
        for theme in OWN:
            await set_theme(reader, theme)
            banner = reader.main_screen.query_one("#banner")
            assert ratio(banner.styles.color, banner.background_colors[1]) >= LEAST


async def test_every_theme_renders_the_same_words(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.search("fish")
        before = reader.screen
        for theme in (*OWN, *BUILTIN_THEMES):
            await set_theme(reader, theme)
            assert reader.screen == before


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_terminal_colours_work(explore: Explore, theme: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await set_theme(reader, theme)
        await reader.press("f", "escape", "slash", "f", "i", "s", "h", "enter", "n", "question_mark", "escape")
        assert "hit 2 of" in reader.screen


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
        for keys in ("right", "1", "3", "f", "escape slash f i s h", "down", "enter", "n"):
            await reader.press(*keys.split())
            now = attributes()
            assert now != seen[-1], keys
            seen.append(now)


async def test_theme_of_the_environment_is_used(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "archive-light")
    async with explore((80, 24)) as reader:
        assert reader.app.theme == "archive-light"
