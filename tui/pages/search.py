"""The pages of a search: the results, how they divide, and what to say and offer when there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.corpus import dates, safe
from tui.pages.blocks import Block, Page, Span
from tui.search.engine import Result, Suggestion
from tui.search.stages import SearchAnswer


def found_words(answer: SearchAnswer) -> str:
    """One line on what was found: how many agreements and hits, how many of them are listed, and the query's note."""
    results, count_matches = answer.results, answer.count_matches
    if not results.found:
        return results.note or "nothing found"
    number = _counted(count_matches.agreements, "agreement") if count_matches else results.size
    hits = _counted(count_matches.hits, "hit") if count_matches and count_matches.hits else ""
    shown = f"{len(results.found)} shown" if results.total > len(results.found) else ""
    return " · ".join(filter(None, (", ".join(filter(None, (number, hits, shown))), results.note)))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"


def result_list(results: Sequence[Result], *, ids: bool = False, by_era: bool = False) -> Page:
    """Two blocks a result: title with its date and era, then the passage, where it is made, with the hits marked.

    `ids` adds the identifier, for plain output; `by_era` puts each era's name over its results.
    """
    blocks: list[Block] = []
    for number, result in enumerate(results):
        summary = result.summary
        above = 1 if number else 0
        if by_era and (not number or results[number - 1].era != result.era):
            blocks.append(Block(result.era or "No era given", "heading", above=above))
            above = 0
        detail = " · ".join(filter(None, (dates.words(summary.date), "" if by_era else result.era)))
        line = f"{summary.name}  {detail}"
        spans = (Span(0, len(summary.name), "link", summary.id), Span(len(summary.name), len(line), "dim"))
        blocks.append(Block(line, spans=spans, above=above))
        if ids:
            blocks.append(Block(summary.id, indent=2))
        if result.snippet:
            hits = tuple(Span(start, end, "hit") for start, end in result.marks)
            blocks.append(Block(result.snippet, "dim", hits, indent=2))
    return tuple(blocks)


def narrowing(typed: str, facets: Mapping[str, Sequence[tuple[str, str, int]]]) -> Page:
    """How the answers to a query divide by era, topic, place and kind: key, label and number of each group.

    Each is a link whose target is the query narrowed to it.
    """
    blocks: list[Block] = []
    for ordering, groups in facets.items():
        if not groups:
            continue
        blocks.append(Block(f"By {ordering}", "heading", above=1 if blocks else 0))
        for key, label, size in groups:
            value = label.replace('"', " ") if '"' in key else key  # a label is known by its words alone
            value = f'"{value}"' if any(character.isspace() or character in "()" for character in value) else value
            blocks.append(_offer(label, f"{typed.strip()} {ordering}:={value} ", size))
    return tuple(blocks) or (Block("There is nothing to narrow: type a word first.", "dim"),)


def nothing_found(typed: str, searched: str, suggestions: Sequence[Suggestion] | None = ()) -> Page:
    """What was looked for and where, and what to ask instead; the suggestions are links whose targets are queries.

    While it is not known yet what to offer, `suggestions` is None.
    """
    shown = safe.line(typed.strip() if len(typed) <= 60 else typed[:59].strip() + "…")
    blocks = [
        Block(f"Nothing matches “{shown}”.", "strong"),
        Block(f"Looked in {searched}. Every word must occur in the same agreement.", "dim", above=1),
    ]
    if suggestions:
        blocks.append(Block("There is something", "heading", above=1))
        blocks += [_offer(offer.words, offer.typed, offer.size) for offer in suggestions]
    elif suggestions is not None:
        blocks.append(Block("Try the beginning of the word, fewer words, or a form in another script.", above=1))
    return tuple(blocks)


def _offer(words: str, target: str, size: int) -> Block:
    words = safe.line(words)
    line = f"{words}  {size:,}"
    return Block(line, spans=(Span(0, len(words), "link", target), Span(len(words), len(line), "dim")), indent=2)
