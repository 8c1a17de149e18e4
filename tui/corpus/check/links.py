"""Rules of cross-links: each leads somewhere else, says why, stands once, and together they join the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator

from tui.corpus import text
from tui.corpus.check.survey import Faults, Placed, Rule, Survey, excerpt
from tui.corpus.records import Agreement, Claim, Link


def link_target(survey: Survey) -> Faults:
    """Both ends of a link are agreements of the store."""
    for link in survey.links:
        for id in dict.fromkeys((link.record.source, link.record.target)):
            if id not in survey.ids["agreements"]:
                yield link, f"The store has no agreement “{id}”."


def link_reason(survey: Survey) -> Faults:
    """A link says why it is there."""
    for link in survey.links:
        if not link.record.reason.strip():
            yield link, "The link gives no reason."


def link_self(survey: Survey) -> Faults:
    """No agreement links to itself, in the table of links or in its own text."""
    for link in survey.links:
        if link.record.source == link.record.target:
            yield link, "The link leads back to the agreement that it comes from."
    for agreement in survey.agreements:
        for path, prose in _linking(agreement.record):
            if agreement.id in text.targets(prose):
                yield agreement, f"{path} links to the agreement that it stands in."


def link_twice(survey: Survey) -> Faults:
    """No link of the same type, source and target stands twice."""
    lines: dict[tuple[str, str, str], int] = {}
    for link in survey.links:
        key = (link.record.source, link.record.target, link.record.type)
        if key in lines:
            yield link, f"The same link, “{link.record.type}”, stands on line {lines[key]}."
        lines.setdefault(key, link.line)


def link_inverse(survey: Survey) -> Faults:
    """No link stands beside its own inverse, which is computed."""
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
    """Every link in a text leads to an agreement of the store and is well written."""
    places: list[Placed[Agreement] | Placed[Claim] | Placed[Link]] = [*survey.agreements, *survey.claims, *survey.links]
    for place in places:
        for path, prose in _linking(place.record):
            for id in text.targets(prose):
                if id not in survey.ids["agreements"]:
                    yield place, f"{path} links to “{id}”, which is no agreement of the store."
            rest = text.plain(prose)
            if "[[" in rest:
                yield place, f"{path} has brackets that are no link: “{excerpt(rest, rest.index('[['))}”."


def _linking(record: Agreement | Claim | Link) -> Iterator[tuple[str, str]]:
    """The texts that may hold links, with their paths; those without two brackets are passed over."""
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
    """Where there are links at all, they lead from every agreement to every other, in one direction or the other."""
    if not survey.links:
        return
    groups = _groups(survey)
    largest = max(groups, key=len, default=set())
    for agreement in survey.agreements:
        if agreement.id not in largest:
            yield agreement, f"No chain of links joins it to the other {len(largest)} agreements."


def _groups(survey: Survey) -> list[set[str]]:
    """The ids of the agreements, together where links join them."""
    neighbours: dict[str, list[str]] = {agreement.id: [] for agreement in survey.agreements}
    for link in survey.links:
        source, target = link.record.source, link.record.target
        if source in neighbours and target in neighbours:
            neighbours[source].append(target)
            neighbours[target].append(source)
    groups: list[set[str]] = []
    seen: set[str] = set()
    for id in neighbours:
        if id not in seen:
            groups.append(_reached(id, neighbours))
            seen |= groups[-1]
    return groups


def _reached(start: str, neighbours: dict[str, list[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        for id in neighbours[waiting.pop()]:
            if id not in reached:
                reached.add(id)
                waiting.append(id)
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
