"""Rules for cross-links: each has a target and a reason and is unique; together they connect the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator

from tui.corpus import text
from tui.corpus.check.survey import Faults, Located, Rule, Survey, excerpt
from tui.corpus.plurals import counted
from tui.corpus.records import Agreement, Claim, Link
from tui.corpus.safe import quoted


def link_target(survey: Survey) -> Faults:
    """Require both ends of a link to be agreements of the store."""
    for link in survey.links:
        for end in dict.fromkeys((link.record.source, link.record.target)):
            if end not in survey.ids["agreements"]:
                yield link, f"The store has no record “{quoted(end)}”."


def link_reason(survey: Survey) -> Faults:
    """Require a reason for every link."""
    for link in survey.links:
        if not link.record.reason.strip():
            yield link, "The link gives no reason."


def link_self(survey: Survey) -> Faults:
    """Forbid links from an agreement to itself, in the table of links and in its text."""
    for link in survey.links:
        if link.record.source == link.record.target:
            yield link, "The link leads back to the record that it comes from."
    for agreement in survey.agreements:
        for path, prose in _texts_with_links(agreement.record):
            if agreement.id in text.targets(prose):
                yield agreement, f"{path} links to the record that it stands in."


def link_twice(survey: Survey) -> Faults:
    """Forbid two links of the same type, source and target."""
    lines: dict[tuple[str, str, str], int] = {}
    for link in survey.links:
        key = (link.record.source, link.record.target, link.record.type)
        if key in lines:
            yield link, f"The same link, “{link.record.type}”, stands on line {lines[key]}."
        lines.setdefault(key, link.line)


def link_inverse(survey: Survey) -> Faults:
    """Forbid a link together with its inverse, which is computed."""
    lines: dict[tuple[str, str, str], int] = {}
    for link in survey.links:
        source, target, kind = link.record.source, link.record.target, link.record.type
        first = lines.get((target, source, kind))
        if first and source != target:
            yield (
                link,
                f"The link “{kind}” stands the other way round on line {first}; the inverse is computed, not stored.",
            )
        lines.setdefault((source, target, kind), link.line)


def inline_link(survey: Survey) -> Faults:
    """Require links in texts to be well formed and to lead to an agreement of the store."""
    records: list[Located[Agreement] | Located[Claim] | Located[Link]] = [
        *survey.agreements,
        *survey.claims,
        *survey.links,
    ]
    for located in records:
        for path, prose in _texts_with_links(located.record):
            for target in text.targets(prose):
                if target not in survey.ids["agreements"]:
                    yield located, f"{path} links to “{quoted(target)}”, which is no record of the store."
            rest = text.plain(prose)
            if "[[" in rest:
                yield located, f"{path} has brackets that are no link: “{excerpt(rest, rest.index('[['))}”."


def _texts_with_links(record: Agreement | Claim | Link) -> Iterator[tuple[str, str]]:
    """Return the texts that contain `[[`, with their paths."""
    return ((path, prose) for path, prose in _texts(record) if "[[" in prose)


def _texts(record: Agreement | Claim | Link) -> Iterator[tuple[str, str]]:
    if isinstance(record, Claim):
        yield from (("says", record.says), ("record", record.record), ("why", record.why))
        return
    if isinstance(record, Link):
        yield "reason", record.reason
        return
    yield "summary", record.summary
    for index, provision in enumerate(record.provisions):
        yield f"provisions[{index}].text", provision.text
    yield "background", record.background
    if record.outcome:
        yield "outcome.text", record.outcome.text


def unreachable(survey: Survey) -> Faults:
    """Require links, followed in either direction, to connect all agreements, if there are links at all."""
    if not survey.links:
        return
    groups = _connected_groups(survey)
    largest = max(groups, key=len, default=set())
    for agreement in survey.agreements:
        if agreement.id not in largest:
            yield agreement, f"No chain of links joins it to the other {counted(len(largest), 'record')}."


def _connected_groups(survey: Survey) -> list[set[str]]:
    """Return the ids of the agreements, grouped by connection through links."""
    neighbours: dict[str, list[str]] = {agreement.id: [] for agreement in survey.agreements}
    for link in survey.links:
        source, target = link.record.source, link.record.target
        if source in neighbours and target in neighbours:
            neighbours[source].append(target)
            neighbours[target].append(source)
    groups: list[set[str]] = []
    seen: set[str] = set()
    for agreement_id in neighbours:
        if agreement_id not in seen:
            groups.append(_reachable(agreement_id, neighbours))
            seen |= groups[-1]
    return groups


def _reachable(start: str, neighbours: dict[str, list[str]]) -> set[str]:
    reached, pending = {start}, [start]
    while pending:
        for neighbour in neighbours[pending.pop()]:
            if neighbour not in reached:
                reached.add(neighbour)
                pending.append(neighbour)
    return reached


RULES = (
    Rule("link-target", "error", link_target),
    Rule("link-reason", "error", link_reason),
    Rule("link-self", "error", link_self),
    Rule("link-twice", "error", link_twice),
    Rule("link-inverse", "error", link_inverse),
    Rule("inline-link", "error", inline_link),
    Rule("unreachable", "warning", unreachable),
)
