"""Pages of a search: results, facets, and suggestions if nothing matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui import address as addresses
from tui.address import Address
from tui.corpus import dates, safe
from tui.corpus.plurals import counted
from tui.pages.blocks import Block, Page, Span
from tui.pages.parts import group_condition, linked, ordering_title, paragraphs, query_target
from tui.pages.resources import Context, Resources, Unreadable
from tui.pages.signs import VERDICTS
from tui.search.engine import PartialAnswer, Result, Results
from tui.search.facets import Facets
from tui.search.stages import SearchAnswer, search_answers
from tui.search.suggestions import Suggestion
from tui.search.syntax import asked_verdicts

if TYPE_CHECKING:
    from tui.catalogue.reader import CatalogueReader
    from tui.corpus.records import Claim

SUBJECTS = "QUERY"
PROMPT = "search for"
_SIGNS = re.compile(r'"[^"]*"?|[()]|[^\s()"]+')


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Data of the page: the text of a query, and its complete answer.

    `claims` has, by the id of a record, its claims with a verdict for which the query asks.
    """

    text: str
    answer: SearchAnswer
    claims: Mapping[str, Sequence[Claim]]


def parse(text: str, context: Context) -> Address:
    """Return the address of the results of a query. Raises Unreadable if the text is blank."""
    if not text.strip():
        raise Unreadable("A search wants words to look for.")
    return Address("search", (text.strip(),))


def load(resources: Resources, address: Address) -> SearchPage:
    """Load all results of a query, with snippets and counts, or suggestions where nothing matches."""
    text = safe.line(address.subject[0])
    *_, answer = search_answers(resources.searcher, f"{text} ")
    return SearchPage(text, answer, judged_claims(resources.reader, answer.results))


def judged_claims(reader: CatalogueReader, results: Results) -> dict[str, list[Claim]]:
    """Return the claims about each result that have a verdict for which the query asks, by the id of the record."""
    verdicts = asked_verdicts(results.query.nodes)
    ids = [result.summary.id for result in results.found] if verdicts else []
    return {found: [claim for claim in reader.claims(found) if claim.verdict in verdicts] for found in ids}


def compose(data: SearchPage, width: int = 0) -> Page:
    """Compose the page: title, counts and results, or links to the suggested searches."""
    title = Block(f"Search for {safe.quoted(data.text)}", "title")
    answer = data.answer
    if answer.results.found:
        results = answer_list(answer, data.claims)
        return (title, Block(result_summary(answer), "dim"), results[0]._replace(above=1), *results[1:])
    first, *others = nothing_found(data.text, answer.suggestions, answer.partial)
    return (title, first._replace(above=1), *others)


def encode(data: SearchPage) -> list[dict[str, Any]]:
    """Return the results of a search for JSON."""
    return encode_results(data.answer.results.found)


def encode_results(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return each result with the id, title, date and era of the agreement and its snippet."""
    return [
        {
            "id": result.summary.id,
            "title": result.summary.name,
            "date": result.summary.date,
            "era": result.era,
            "snippet": result.snippet,
        }
        for result in results
    ]


def result_summary(answer: SearchAnswer) -> str:
    """Return one line: the number of records, how many of them are listed, and what is to be said of the query."""
    results = answer.results
    if not results.found:
        return results.note or counted(0, "record")
    shown = f"{len(results.found)} shown" if results.total > len(results.found) else ""
    names = answer.other_names.sentence if answer.other_names else ""
    return " · ".join(filter(None, (", ".join(filter(None, (results.count_phrase, shown))), results.note, names)))


def answer_list(answer: SearchAnswer, claims: Mapping[str, Sequence[Claim]] | None = None) -> Page:
    """Return the results of an answer, below a link to what was signed in its year, if it has one."""
    results = result_list(answer.results.found, by_era=answer.order == "era", claims=claims)
    if answer.signed is None:
        return results
    offer = _query_link(answer.signed.words, answer.signed.text, answer.signed.count_phrase)
    return (offer._replace(indent=0), results[0]._replace(above=1), *results[1:])


def result_list(
    results: Sequence[Result], *, by_era: bool = False, claims: Mapping[str, Sequence[Claim]] | None = None
) -> Page:
    """Return two blocks for each result: its title and date, and its snippet, if made, with its place in the record.

    The hits in both are marked. `by_era` adds a heading for each era. Where `claims` has any about a result, they
    replace a snippet without a hit in words.
    """
    blocks: list[Block] = []
    for number, result in enumerate(results):
        summary = result.summary
        above = 1 if number else 0
        if by_era and (not number or results[number - 1].era != result.era):
            blocks.append(Block(result.era or "No era given", "heading", above=above))
            above = 0
        target = addresses.agreement(summary.id).text()
        link = Span(0, len(summary.name), "link", target)
        spans = (link, *(Span(start, end, "hit") for start, end in result.name_marks))
        blocks.append(Block(summary.name, spans=spans, above=above, target=target, right=dates.words(summary.date)))
        judged = claims.get(summary.id, ()) if claims else ()
        for claim in judged:
            blocks += _judged_claim(claim)
        if result.snippet and not judged:
            before = f"{result.place}  " if result.place else ""
            place = Span(0, len(result.place), "label")
            hits = (Span(start, end, "hit").moved(len(before)) for start, end in result.marks)
            blocks.append(Block(before + result.snippet, "dim", (place, *hits), indent=2))
    return tuple(blocks)


def _judged_claim(claim: Claim) -> list[Block]:
    """Return a claim as blocks: what it says, and its verdict, a link to the claim."""
    words = VERDICTS[claim.verdict].words.capitalize()
    link = Span(0, len(words), "link", Address("claims", (claim.about,), claim.id).text())
    return [*paragraphs(claim.says, indent=2), Block(words, spans=(link,), indent=2)]


def facet_list(facets: Facets) -> Page:
    """Return the facets: the groups of the results in each ordering of the tree, each with its size.

    Each is a link to the search for the condition of a query that narrows it to the group.
    """
    blocks: list[Block] = []
    for ordering, groups in facets.items():
        if not groups:
            continue
        blocks.append(Block(ordering_title(ordering), "heading", above=1 if blocks else 0))
        for key, label, size in groups:
            blocks.append(_query_link(label, group_condition(ordering, key, label), f"{size:,}"))
    return tuple(blocks) or (Block("There is nothing by which to narrow these results.", "dim"),)


def narrowings(facets: Facets) -> dict[str, str]:
    """Return the conditions that narrow a search to the groups of facets, each with its words: `Topic: Fisheries`."""
    return {
        group_condition(ordering, key, label): f"{ordering.capitalize()}: {label}"
        for ordering, groups in facets.items()
        for key, label, _ in groups
    }


def narrowed(text: str, conditions: Sequence[str]) -> str:
    """Return the query for a text and conditions that must hold too. They come first, so that its last word stays last.

    Each alternative has to meet them. The bracket before alternatives stays open: one behind an unfinished word would
    end the word.
    """
    words = f"({text}" if conditions and _has_alternatives(text) else text
    return " ".join([*conditions, words] if words.strip() or not conditions else conditions)


def words_and_conditions(query: str, known: Iterable[str]) -> tuple[str, list[str]]:
    """Return the text and conditions for which `narrowed` returns a query. Only known conditions are recognised."""
    text, conditions = query, []
    while condition := next((each for each in known if f"{text} ".startswith(f"{each} ")), ""):
        conditions.append(condition)
        text = text[len(condition) + 1 :]
    is_bracketed = text.startswith("(") and narrowed(text[1:], conditions) == query
    return text[is_bracketed:], conditions


def _has_alternatives(text: str) -> bool:
    """Return whether alternatives stand outside brackets, and no bracket closes that was not opened."""
    depth, found = 0, False
    for sign in _SIGNS.findall(text):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
        found = found or (depth == 0 and sign in ("OR", "|"))
    return found


def chips(narrowed_to: Sequence[tuple[str, str]]) -> Page:
    """Return what a search is narrowed to, in words, each a link to the query without it, which may be empty."""
    return tuple(linked(f"{safe.line(words)} ×", query_target(rest or " ")) for words, rest in narrowed_to)


def nothing_found(
    text: str, suggestions: Sequence[Suggestion] | None = (), partial: Sequence[PartialAnswer] = ()
) -> Page:
    """Return the page of a query that nothing matches: other queries, and the records that lack some of its words.

    `suggestions` is None until they are known.
    """
    blocks = [
        Block(f"Nothing matches “{safe.quoted(text.strip())}”: every word must occur in the same record.", "strong")
    ]
    if suggestions:
        blocks.append(Block("Try instead", "heading", above=1))
        blocks += [
            _query_link(suggestion.words, suggestion.text, suggestion.count_phrase) for suggestion in suggestions
        ]
    elif suggestions is not None:
        blocks.append(Block("Try the beginning of the word, fewer words, or a form in another script.", above=1))
    return (*blocks, *partial_answers(partial))


def partial_answers(partial: Sequence[PartialAnswer]) -> Page:
    """Return a heading and the records that lack some words of a query, each with these words."""
    if not partial:
        return ()
    lack = "one of the words" if all(len(answer.missing) == 1 for answer in partial) else "some of the words"
    blocks = [Block(f"Records without {lack}", "heading", above=1)]
    for answer in partial:
        card = result_list([answer.result])
        missing = f"without {', '.join(safe.quoted(part) for part in answer.missing)}"
        blocks += [card[0]._replace(above=int(len(blocks) > 1)), *card[1:], Block(missing, "doubt", indent=2)]
    return tuple(blocks)


def _query_link(words: str, text: str, size: str) -> Block:
    return linked(safe.line(words), query_target(text), size)._replace(indent=2)
