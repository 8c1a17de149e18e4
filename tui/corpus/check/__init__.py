"""The rules that a corpus must keep, and the findings where it breaks one.

`check(path)` reads a store and returns what is wrong with it, in the order of its lines. Every rule is one small
function in one of the modules below and has a name of its own; none of them knows a particular corpus: its eras,
languages and ids are the store's own. An error makes the corpus say something false or lead nowhere; a warning is a
matter of form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.corpus import safe
from tui.corpus.check import evidence, form, life, links, prose
from tui.corpus.check.survey import Finding, Placed, Rule, Survey, TextRule, Unread, read, strings
from tui.corpus.records import Record
from tui.corpus.store import Store

__all__ = ["RULES", "Finding", "check"]

RULES: tuple[Rule | TextRule, ...] = (*form.RULES, *life.RULES, *links.RULES, *evidence.RULES, *prose.RULES)
"""All rules; each has `id` and `severity`."""

_LONGEST = 400


def check(path: Path) -> list[Finding]:
    """What is wrong with the store at `path`, by line. Raises StoreError where it cannot be opened at all."""
    survey = read(Store(path))
    found = [*_over_corpus(survey), *_over_strings(survey)]
    return sorted(found, key=lambda finding: (finding.line, finding.rule, finding.message))


def _over_corpus(survey: Survey) -> Iterator[Finding]:
    for rule in RULES:
        if isinstance(rule, Rule):
            for place, sentence in rule.faults(survey):
                yield _finding(rule, place, sentence)


def _over_strings(survey: Survey) -> Iterator[Finding]:
    rules = [rule for rule in RULES if isinstance(rule, TextRule)]
    for place in survey.records():
        for path, text in strings(place.record):
            yield from (_finding(rule, place, f"{path} {fault}.") for rule, fault in _faults(rules, text))


def _faults(rules: Iterable[TextRule], text: str) -> Iterator[tuple[TextRule, str]]:
    for rule in rules:
        fault = rule.fault(text)
        if fault:
            yield rule, fault


def _finding(rule: Rule | TextRule, place: Placed[Record] | Unread, sentence: str) -> Finding:
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        line=place.line,
        table=place.table,
        record=safe.line(place.id),
        message=_clipped(safe.line(sentence)),
    )


def _clipped(sentence: str) -> str:
    """What a sentence quotes from a store may be of any length."""
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1] + "…"
