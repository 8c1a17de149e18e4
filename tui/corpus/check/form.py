"""Rules for form: records match the schema, ids are well formed, strings are clean and in the expected script."""

from __future__ import annotations

import re
import unicodedata

from tui.corpus import dates
from tui.corpus.check.survey import Faults, Located, Rule, Survey, TextRule, Unread, excerpt
from tui.corpus.records import Record
from tui.corpus.safe import quoted

_SLUG = r"(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*"
_PLAIN_ID = re.compile(_SLUG)
_DATED_ID = re.compile(rf"([0-9]{{4}}(?:-[0-9]{{2}}){{0,2}})-({_SLUG})")
_MADE_VISIBLE = re.compile("[\u2400-\u2421]|‹U\\+[0-9A-F]{4,6}›")
_STRAY_SPACE = re.compile(r"[ \u00a0]{2}|\A\s|\s\Z|[ \u00a0]\n|\n[ \u00a0]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_CYRILLIC = re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")
_JAPANESE = re.compile(
    "[\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_SCRIPTS = {"en": ("Latin", _LATIN), "ru": ("Cyrillic", _CYRILLIC), "ja": ("Japanese", _JAPANESE)}


def schema(survey: Survey) -> Faults:
    """Require every record to match the schema."""
    for problem in survey.problems:
        yield Unread(problem.table, problem.line, problem.record), f"The record cannot be read: {problem.message}."


def unknown_field(survey: Survey) -> Faults:
    """Forbid unknown fields, since a misspelt field name would be ignored silently."""
    for record, path in survey.unknown:
        yield record, f"The field {quoted(path)} is not known to the schema."


def id_unique(survey: Survey) -> Faults:
    """Forbid two records of a table with the same id."""
    lines: dict[tuple[str, str], int] = {}
    for located in _identified(survey):
        key = (located.table, located.id)
        if key in lines:
            yield located, f"The record on line {lines[key]} has the id “{quoted(located.id)}” already."
        lines.setdefault(key, located.line)


def id_form(survey: Survey) -> Faults:
    """Require kebab-case ids of agreements, with a date, if any, that fits the record's; others are one word."""
    for located in _identified(survey):
        if located.table != "agreements" and not re.fullmatch(r"[^\s\[\]|]+", located.id):
            yield located, f"The id “{quoted(located.id)}” is not one word without brackets and bars."
    for agreement in survey.agreements:
        dated = _DATED_ID.fullmatch(agreement.id)
        if dated:
            yield from _id_date(agreement, dated[1], agreement.record.date)
        elif not _PLAIN_ID.fullmatch(agreement.id):
            yield agreement, f"The id “{quoted(agreement.id)}” is not of the form 1941-04-13-some-words or some-words."


def _id_date(located: Located[Record], written: str, date: str | None) -> Faults:
    id_date, known = dates.read(written), dates.read(date)
    if id_date is None:
        yield located, f"The id begins with {written}, which is not a date."
    elif known and (id_date.surely_before(known) or known.surely_before(id_date)):
        yield located, f"The id begins with {written}, but the record is dated {known.text}."


def _identified(survey: Survey) -> list[Located[Record]]:
    return [*survey.eras, *survey.agreements, *survey.claims, *survey.sources, *survey.names]


def script(survey: Survey) -> Faults:
    """Require at least one letter of the language's script in titles and forms under `en`, `ru` and `ja`."""
    for agreement in survey.agreements:
        for language, title in agreement.record.titles.items():
            yield from _in_script(agreement, f"titles.{language}", language, title)
    for name in survey.names:
        for language, forms in name.record.forms.items():
            for form in forms:
                yield from _in_script(name, f"forms.{language}", language, form)


def _in_script(located: Located[Record], path: str, language: str, text: str | None) -> Faults:
    if text and language in _SCRIPTS:
        script_name, letters = _SCRIPTS[language]
        if not letters.search(text):
            yield located, f"{quoted(path)} has no {script_name} letter: “{excerpt(text)}”."


def control_character(text: str) -> str | None:
    """Forbid unsafe characters, found by the marks that safe.py puts in their place."""
    found = None if text.isascii() else _MADE_VISIBLE.search(text)
    return f"holds an invisible or a control character, shown as {found[0]}" if found else None


def space(text: str) -> str | None:
    """Forbid double spaces and spaces at the ends of the text or of a line."""
    found = _STRAY_SPACE.search(text)
    return f"has a space too many in “{excerpt(text, found.start())}”" if found else None


def not_nfc(text: str) -> str | None:
    """Require Unicode normal form C."""
    return None if unicodedata.is_normalized("NFC", text) else "is not in Unicode’s normal form C"


def mixed_script(text: str) -> str | None:
    """Forbid words of mixed Latin and Cyrillic letters, which look right but are never found by a search."""
    if text.isascii() or not _CYRILLIC.search(text):
        return None
    mixed = next((word for word in _WORD.findall(text) if _CYRILLIC.search(word) and _LATIN.search(word)), None)
    return f"mixes Latin and Cyrillic letters in the word “{quoted(mixed)}”" if mixed else None


RULES: tuple[Rule | TextRule, ...] = (
    Rule("schema", "error", schema),
    Rule("unknown-field", "error", unknown_field),
    Rule("id-unique", "error", id_unique),
    Rule("id-form", "error", id_form),
    Rule("script", "error", script),
    TextRule("control-character", "error", control_character),
    TextRule("space", "warning", space),
    TextRule("not-nfc", "warning", not_nfc),
    TextRule("mixed-script", "error", mixed_script),
)
