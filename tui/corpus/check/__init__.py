"""Rules for a corpus, and the findings where a store breaks one.

Each rule is one function with its own id in one of the modules below. No rule depends on a particular corpus: eras,
languages and ids come from the store. An error is a false statement or a dead link; a warning is a matter of form.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tui.corpus.check import evidence, form, life, links, prose
from tui.corpus.check.survey import Finding, Located, Rule, Survey, TextRule, Unread, read_survey, strings
from tui.corpus.file import read_unchanged
from tui.corpus.records import Record
from tui.corpus.safe import MAX_QUOTED, quoted
from tui.corpus.store import Store

__all__ = ["RULES", "Finding", "check"]

RULES: tuple[Rule | TextRule, ...] = (*form.RULES, *life.RULES, *links.RULES, *evidence.RULES, *prose.RULES)
"""All rules. Each has an `id` and a `severity`."""


def check(path: Path) -> list[Finding]:
    """Return the findings for the store at `path`, ordered by line. Raises StoreError if it cannot be opened."""
    survey = read_unchanged(partial(_survey, path))
    findings = [*_corpus_findings(survey), *_string_findings(survey)]
    return sorted(findings, key=lambda finding: (finding.line, finding.rule, finding.message))


def _survey(path: Path) -> Survey:
    with Store(path) as store:
        return read_survey(store)


def _corpus_findings(survey: Survey) -> Iterator[Finding]:
    for rule in RULES:
        if isinstance(rule, Rule):
            for record, sentence in rule.faults(survey):
                yield _finding(rule, record, sentence)


def _string_findings(survey: Survey) -> Iterator[Finding]:
    rules = [rule for rule in RULES if isinstance(rule, TextRule)]
    for located in survey.records():
        for path, text in strings(located.record):
            for rule in rules:
                if fault := rule.fault(text):
                    yield _finding(rule, located, f"{quoted(path)} {fault}.")


def _finding(rule: Rule | TextRule, record: Located[Record] | Unread, sentence: str) -> Finding:
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        line=record.line,
        table=record.table,
        record=quoted(record.id, 2 * MAX_QUOTED),
        message=sentence,
    )
