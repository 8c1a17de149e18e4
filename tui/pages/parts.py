"""Blocks that several pages share: sections, paragraphs, lists of agreements, references of sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui import address
from tui.address import Address
from tui.corpus import dates, safe, text
from tui.pages.blocks import Block, Page, Role, Span
from tui.pages.signs import mark

if TYPE_CHECKING:
    from tui.catalogue.connection import AgreementSummary
    from tui.catalogue.reader import Group
    from tui.corpus.records import Source

FACT_COLUMN = 14
"""Width in cells of the column left of facts and events, for their names."""
MOST_LISTED = 1_000
"""Greatest number of agreements that a page lists."""


def section(title: str, blocks: Sequence[Block], anchor: str = "", above: int = 2) -> list[Block]:
    """Return the blocks under a heading, or nothing if there are none."""
    return [Block(title, "heading", above=above, anchor=anchor), *blocks] if blocks else []


def paragraphs(
    source: str,
    *,
    role: Role = "text",
    lead: str = "",
    mark: str = "",
    hang: int = 0,
    indent: int = 0,
    above: int = 0,
    anchor: str = "",
) -> list[Block]:
    """Return text in the corpus's format as blocks. The first gets lead, mark and anchor; blank lines separate them."""
    blocks = []
    for index, paragraph in enumerate(text.paragraphs(source)):
        spans = tuple(
            Span(link.start, link.end, "link", address.agreement(link.target).text()) for link in paragraph.links
        )
        block = Block(paragraph.text, role, spans, hang=hang, indent=indent, above=1)
        blocks.append(block if index else block._replace(lead=lead, mark=mark, above=above, anchor=anchor))
    return blocks


def entry(
    agreement: AgreementSummary, *, basis: str | None = None, place: str = "", detail: str = "", dated: bool = True
) -> Block:
    """Return an agreement as an entry of a list: a link to it or to a place on its page, its date, more detail.

    An agreement without a name is not in the store and gets no link.
    """
    if not agreement.name:
        return Block(f"{agreement.id} (not in this store)", "doubt", mark=mark(basis), hang=2)
    where = address.agreement(agreement.id, place).text()
    when = dates.words(agreement.date) if dated else ""
    return list_entry(agreement.name, where, " · ".join(filter(None, (when, detail))), basis)


def joined(parts: Iterable[tuple[str, str]], before: str = "", between: str = "; ") -> tuple[str, tuple[Span, ...]]:
    """Return texts joined behind `before`, and a quiet link on each of them that has a target."""
    texts: list[str] = []
    spans: list[Span] = []
    start = len(before)
    for part, target in parts:
        if target:
            spans.append(Span(start, start + len(part), "quiet", target))
        texts.append(part)
        start += len(part) + len(between)
    return before + between.join(texts), tuple(spans)


def linked(words: str, target: str, detail: str = "") -> Block:
    """Return a link with a dim detail behind it."""
    line = f"{words}  {detail}" if detail else words
    return Block(line, spans=(Span(0, len(words), "link", target), Span(len(words), len(line), "dim")))


def list_entry(name: str, target: str, detail: str = "", basis: str | None = None) -> Block:
    """Return a link with a dim detail behind it; plain output adds the address to which it leads."""
    return linked(name, target, detail)._replace(mark=mark(basis), hang=2, target=target)


def agreements(listed: Sequence[AgreementSummary], total: int = 0) -> list[Block]:
    """Return a list of agreements, and a line with the number listed and `total` if not all are listed."""
    blocks = [entry(agreement) for agreement in listed]
    if total > len(listed):
        blocks.append(Block(f"{len(listed):,} of {total:,} are listed.", "dim", above=1))
    return blocks


def reference(source: Source, *, quiet: bool = True, indent: int = 0) -> Block:
    """Return the full reference of a source: authors, title, container, volume, place, pages, and its web address.

    With `quiet` the title is a quiet link to the source's own page. No full stop follows the web address.
    """
    people = [" ".join(filter(None, (who.given, who.family))) or who.literal for who in source.author or source.editor]
    author = ", ".join(people)
    parts = [
        author,
        source.title,
        source.container_title,
        numbered("vol.", source.volume),
        f"no. {source.number}" if source.number else "",
        ", ".join(filter(None, (source.publisher_place, source.publisher, year(source)))),
        page_numbers(source.page),
    ]
    printed = ". ".join(part.rstrip(".") for part in parts if part) + "."
    start = len(f"{author.rstrip('.')}. ") if author else 0
    title = source.title.rstrip(".")
    spans = [Span(start, start + len(title), "quiet", Address("source", (source.id,)).text())] if quiet else []
    return with_web_address(Block(printed, spans=tuple(spans), indent=indent), source.url)


def with_web_address(block: Block, url: str) -> Block:
    """Return the block with a web address behind its text. Only http and https addresses become links."""
    if not url:
        return block
    text = f"{block.text} {url}"
    target = url if url.startswith(("https://", "http://")) else ""
    return block._replace(text=text, spans=(*block.spans, Span(len(text) - len(url), len(text), "url", target)))


def year(source: Source) -> str:
    """Return the year in which a source was issued, or its literal date if no year is given."""
    issued = source.issued
    return next((str(part[0]) for part in issued.date_parts if part), issued.literal) if issued else ""


def page_numbers(pages: str) -> str:
    """Return `p. 4` or `pp. 4–9`. A text that does not begin with a number is returned unchanged."""
    if not pages[:1].isdigit():
        return pages
    return f"pp. {pages}" if any(sign in pages for sign in "–-,f") else f"p. {pages}"


def numbered(word: str, number: str) -> str:
    """Return a number with its word, as `vol. 4`. A number with words of its own is returned unchanged."""
    return f"{word} {number}" if number and " " not in number else number


def group_condition(ordering: str, key: str, label: str) -> str:
    """Return the condition of a query that holds for the records of one group of the tree: `topic:=fisheries`."""
    value = label if '"' in key else key  # a label is compared by its words alone
    return f"{ordering}:={phrase(value)}"


def group_address(ordering: str, key: str, label: str = "") -> str:
    """Return the address of the search for the records of one group of the tree."""
    return query_target(group_condition(ordering, key, label or key))


def query_target(text: str) -> str:
    """Return the address of the search for a text, as the target of a link."""
    return Address("search", (text,)).text()


def ordering_title(ordering: str) -> str:
    """Return the title of a grouping of the records: `By era`, `By place of signing`."""
    return "By place of signing" if ordering == "place" else f"By {ordering}"


def phrase(text: str) -> str:
    """Return a text as a query for its words in this order; in quotation marks if it needs them."""
    text = text.replace('"', " ")
    return f'"{text}"' if any(character.isspace() or character in "()" for character in text) else text


def largest(groups: Iterable[Group]) -> Group | None:
    """Return the largest group of the tree; None if all are empty or hold only what belongs to none."""
    return max((group for group in groups if group.key and group.size), key=lambda group: group.size, default=None)


def listing(title: str, text: str, entries: Sequence[Block], total: int) -> Page:
    """Return a page that lists entries under a title in the plural; of `total`, those that hold the text, if any."""
    noun = title.lower() if total != 1 else title.lower()[:-1]
    narrowed = f" that hold{'s' if total == 1 else ''} “{safe.quoted(text)}”" if text else ""
    count = f"{total:,} {noun}{narrowed}" + (f", {len(entries):,} listed" if len(entries) < total else "")
    first = [entry._replace(above=1) for entry in entries[:1]]
    return (Block(title, "title"), Block(count, "dim"), *first, *entries[1:])
