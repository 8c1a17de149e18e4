"""Opening a document of 3 and of 300 KB: this program's page beside Textual's Markdown.

Both widgets get the same paragraphs, at 120 x 36. The time runs from the call with the text (this program composes and
lays out a page from the record, Markdown parses its source) to the end of the next repaint; median of the rounds.
"""

from __future__ import annotations

import asyncio
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from time import perf_counter

from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Markdown

from benchmarks import figures
from tui.corpus.records import Agreement, Provision
from tui.explorer.widgets.page_view import PageView
from tui.pages import agreement as agreement_page

SIZES = {"3 KB": 3_000, "300 KB": 300_000}
BARS = {"3 KB": 0.25, "300 KB": 0.01}
SENTENCE = "Each Party shall, within three months of the exchange of ratifications, return what it holds of the other. "


class _SingleWidgetApp(App[None]):
    """Application with one widget."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--rounds", type=int, default=7, help="rounds (7)")


def run(options: Namespace) -> int:
    """Run the benchmark and print its figures; return 0."""
    report: dict[str, dict[str, float | None]] = {}
    for name, size in SIZES.items():
        provisions = [SENTENCE * 4] * max(1, size // (4 * len(SENTENCE)))
        ours = figures.median(asyncio.run(_open_page(provisions, options.rounds)))
        markdown = figures.median(asyncio.run(_open_markdown(provisions, 1 if size > 100_000 else options.rounds)))
        report[name] = {"ours": ours, "markdown": markdown, "ratio": figures.ratio(ours, markdown)}
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        rows = [
            (
                name,
                figures.cell(medians["ours"], " ms", 1),
                figures.cell(medians["markdown"], " ms", 1),
                figures.cell(medians["ratio"], " x", 3),
                f"{BARS[name]} x",
            )
            for name, medians in report.items()
        ]
        print(figures.table(("", "this program", "Markdown", "ratio", "bar"), rows))
    return 0


async def _open_page(provisions: list[str], rounds: int) -> list[float]:
    view = PageView()
    record = Agreement(
        id="a",
        short_title="A treaty",
        provisions=tuple(Provision(ref=f"Art. {n}", text=text) for n, text in enumerate(provisions, 1)),
    )

    async def show() -> None:
        view.show(agreement_page.document(agreement_page.AgreementPageData(record)))

    return await _timed(view, show, rounds)


async def _open_markdown(provisions: list[str], rounds: int) -> list[float]:
    view = Markdown()
    source = "\n\n".join(f"**Art. {n}** {text}" for n, text in enumerate(provisions, 1))

    async def show() -> None:
        await view.update(source)

    return await _timed(view, show, rounds)


async def _timed(widget: Widget, show: Callable[[], Awaitable[None]], rounds: int) -> list[float]:
    """Return the milliseconds of each round from `show` to the end of the next repaint, after one unmeasured round."""
    app = _SingleWidgetApp(widget)
    times: list[float] = []
    async with app.run_test(size=(120, 36)) as pilot:
        for number in range(rounds + 1):
            painted = asyncio.Event()
            start = perf_counter()
            await show()
            widget.call_after_refresh(painted.set)
            await painted.wait()
            if number:
                times.append((perf_counter() - start) * 1000)
            await pilot.pause()
    return times
