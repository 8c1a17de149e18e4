"""Rules of a corpus: a valid store has no findings, and each change below breaks exactly one rule."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.corpus import safe
from tui.corpus.check import RULES, Finding, check
from tui.corpus.file import StoreError

Store = dict[str, dict[str, Any]]
TREATY, PROTOCOL, PACT = "1875-05-07-harbour-treaty", "1880-protocol", "tea-pact"

VALID: Store = {
    "corpus": {"1": {"title": "Lake and harbour", "description": "An invented corpus of ‘three’ agreements."}},
    "eras": {
        "1": {"id": "steam", "title": "Steam", "span": "1870/1889", "summary": "Ships had funnels."},
        "2": {"id": "sail", "title": "Sail", "span": "/1869-12-31", "background": True},
    },
    "agreements": {
        "1": {
            "id": TREATY,
            "short_title": "Harbour treaty",
            "titles": {"en": "Treaty on Harbours", "ru": "Договор о гаванях", "ja": "港湾条約", "de": None},
            "era": "steam",
            "date": "1875-05-07",
            "summary": "Two states, e.g. those of St. Anna, opened Nos. 1 and 2 of their harbours. It ended in 1890.",
            "provisions": [
                {
                    "ref": "Art. I",
                    "text": "Both harbours are open to every ship, as in the [[1880-protocol|protocol]].",
                    "basis": "text",
                },
                {"text": "Tolls are paid in silver by the captain.", "sources": ["blue-book"]},
            ],
            "background": "The lake froze.\n\nSee [[tea-pact]] and what is [sic] in it.",
            "outcome": {"text": "It lapsed.", "sources": ["atlas"]},
            "events": [
                {"kind": "signed", "date": "1875-05-07", "basis": "text"},
                {"kind": "ratified", "date": "1875-06", "basis": "text"},
                {"kind": "in-force", "date": "1875-08-22", "basis": "text", "reading": "north"},
                {"kind": "in-force", "date": "1876", "sources": ["blue-book"], "reading": "south"},
                {"kind": "issued", "date": "1877", "note": "printed", "basis": "text"},
                {"kind": "ended", "date": "1875-12", "basis": "text", "reading": "north"},
                {"kind": "ended", "basis": "memory"},
            ],
            "sources": ["blue-book"],
        },
        "2": {
            "id": PROTOCOL,
            "short_title": "Protocol",
            "era": "steam",
            "date": "1880~",
            "summary": "It was agreed. It held.",
        },
        "3": {"id": PACT, "short_title": "茶", "era": "sail", "summary": "茶を売る。茶を買う。"},
    },
    "links": {
        "1": {"from": PROTOCOL, "to": TREATY, "type": "amends", "reason": "It changes the tolls."},
        "2": {"from": TREATY, "to": PROTOCOL, "type": "promises", "reason": "Article I foresees it."},
        "3": {"from": PACT, "to": TREATY, "type": "related", "reason": "Tea went through the harbours."},
    },
    "claims": {
        "1": {
            "id": "c1",
            "source": "gazette",
            "locus": "¶12",
            "about": TREATY,
            "says": "It was eternal.",
            "verdict": "contradicts",
            "record": "It ended: [[1880-protocol]].",
            "confidence": "high",
        },
        "2": {
            "id": "c2",
            "source": "gazette",
            "locus": "¶1",
            "about": PACT,
            "says": "Tea was sold.",
            "verdict": "agrees",
            "confidence": "low",
            "sources": ["atlas"],
        },
    },
    "sources": {
        "1": {"id": "gazette", "title": "The 'Gazette'", "URL": "https://example.org/'a'"},
        "2": {"id": "blue-book", "title": "Blue book"},
        "3": {"id": "atlas", "title": "Atlas"},
    },
    "names": {
        "1": {
            "id": "lake",
            "kind": "place",
            "name": "Lake",
            "forms": {"ru": ["озеро"], "ja": ["湖", "みずうみ"], "romanised": ["ozero"]},
        },
    },
}


class Break(NamedTuple):
    """A change that breaks one rule, and the record that the finding must name."""

    rule: str
    severity: str
    record: str
    change: Callable[[Store], object]


def edit(table: str, number: int, **fields: Any) -> Callable[[Store], object]:
    """Return a change that sets fields of a record; `from_` stands for `from`."""
    return lambda store: store[table][str(number)].update({key.rstrip("_"): value for key, value in fields.items()})


def add_record(table: str, **fields: Any) -> Callable[[Store], object]:
    """Return a change that adds a record at the end of a table."""
    return lambda store: store[table].update({"9": {key.rstrip("_"): value for key, value in fields.items()}})


def all_of(*changes: Callable[[Store], object]) -> Callable[[Store], object]:
    return lambda store: [change(store) for change in changes]


def event(kind: str, date: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "date": date, "basis": "text", **more}


def add_event(kind: str, date: str, **more: Any) -> Callable[[Store], object]:
    """Return a change that adds an event to the treaty."""
    return lambda store: store["agreements"]["1"]["events"].append(event(kind, date, **more))


def add_link(source: str, target: str, kind: str) -> Callable[[Store], object]:
    return add_record("links", from_=source, to=target, type=kind, reason="Again.")


def set_provision(number: int, text: str) -> Callable[[Store], object]:
    return edit("agreements", number, provisions=[{"text": text, "basis": "text"}])


NEW = {"short_title": "New", "era": "sail", "summary": "It was made. It ended."}
TEA = {"text": "Tea.", "basis": "text"}


def add_agreement(agreement_id: str, **more: Any) -> Callable[[Store], object]:
    """Return a change that adds an agreement, linked to the others and valid except for `more`."""
    return all_of(add_record("agreements", **NEW, id=agreement_id, **more), add_link(agreement_id, PACT, "cites"))


ENDED_BEFORE_ISSUE = [event("issued", "1860"), event("ended", "1859")]
LINK = {"from_": PROTOCOL, "to": PACT, "type": "cites", "reason": "It names it."}

BREAKS = [
    Break("schema", "error", PACT, edit("agreements", 3, place=5)),
    Break("schema", "error", "x", lambda store: store["names"].update({"x": {"id": "x", "kind": "term", "name": "x"}})),
    Break("unknown-field", "error", PACT, edit("agreements", 3, provisons=[{"text": "lost"}])),
    Break("unknown-field", "error", PACT, edit("agreements", 3, provisions=[{**TEA, "txt": ""}])),
    Break("unknown-field", "error", f"{PACT} > {TREATY}", edit("links", 3, why="")),
    Break("unknown-field", "error", TREATY, lambda store: store["agreements"]["1"]["outcome"].update(note="")),
    Break("unknown-field", "error", "atlas", edit("sources", 3, issued={"date-parts": [[1900]], "season": 1})),
    Break("id-unique", "error", "atlas", add_record("sources", id="atlas", title="Another")),
    Break("id-unique", "error", PACT, add_record("agreements", **NEW, id=PACT)),
    Break("id-form", "error", "Tea_Pact", add_agreement("Tea_Pact")),
    Break("id-form", "error", "tea--pact", add_agreement("tea--pact")),
    Break("id-form", "error", "1869-13-pact", add_agreement("1869-13-pact")),
    Break("id-form", "error", "1868-12-pact", add_agreement("1868-12-pact", date="1869")),
    Break("id-form", "error", "1869-12-pact", add_agreement("1869-12-pact", date="1868")),
    Break("id-form", "error", "1868-12-03", add_agreement("1868-12-03")),
    Break("id-form", "error", "a lake", add_record("names", id="a lake", kind="place", name="Lake")),
    Break("script", "error", PACT, edit("agreements", 3, titles={"en": "Договор"})),
    Break("script", "error", PACT, edit("agreements", 3, titles={"ru": "Dogovor"})),
    Break("script", "error", PACT, edit("agreements", 3, titles={"ja": "Joyaku"})),
    Break("script", "error", "lake", edit("names", 1, forms={"ja": ["湖", "mizuumi"]})),
    Break("script", "error", "lake", edit("names", 1, forms={"ru": ["ozero"]})),
    Break("control-character", "error", PACT, edit("agreements", 3, place="To\x1b[31mkyo")),
    Break("control-character", "error", PACT, edit("agreements", 3, place="To\u202ekyo")),
    Break("control-character", "error", PACT, edit("agreements", 3, titles={"fr\u200b": "Pacte"})),
    Break("space", "warning", PACT, edit("agreements", 3, place="Tea  town")),
    Break("space", "warning", PACT, edit("agreements", 3, place=" Tea town")),
    Break("control-character", "error", PACT, edit("agreements", 3, place="Tea town\n")),
    Break("space", "warning", PACT, edit("agreements", 3, background="Tea. \nAnd cakes.")),
    Break("space", "warning", f"{PACT} > {TREATY}", edit("links", 3, reason="Tea\twent through.")),
    Break("not-nfc", "warning", PACT, edit("agreements", 3, place="Cafe\u0301")),
    Break("mixed-script", "error", PACT, edit("agreements", 3, place="Москвa")),
    Break("date-form", "error", PACT, edit("agreements", 3, date="7 May 1860")),
    Break("date-form", "error", "sail", edit("eras", 2, span="till 1869")),
    Break("date-form", "error", TREATY, add_event("notice", "1876-02-30")),
    Break("event-order", "error", TREATY, add_event("in-force", "1875-04")),
    Break("event-order", "error", TREATY, add_event("in-force", "1875-05-06", reading="south")),
    Break("event-order", "error", TREATY, add_event("ratified", "1874")),
    Break("event-order", "error", TREATY, add_event("ended", "1875-06-30", reading="north")),
    Break("event-order", "error", TREATY, add_event("ended", "1875", reading="south")),
    Break("event-order", "error", TREATY, add_event("ended", "1875-07")),
    Break("event-order", "error", PACT, edit("agreements", 3, events=ENDED_BEFORE_ISSUE)),
    Break("record-date", "error", PACT, edit("agreements", 3, date="1860", events=[event("occurred", "1861")])),
    Break("era-known", "error", PACT, edit("agreements", 3, era="rail")),
    Break("era-known", "error", PACT, edit("agreements", 3, era="")),
    Break("era-span", "error", PACT, edit("agreements", 3, date="1870")),
    Break("link-target", "error", f"{PACT} > nowhere", add_record("links", **{**LINK, "from_": PACT, "to": "nowhere"})),
    Break("link-target", "error", f"nowhere > {PACT}", add_record("links", **{**LINK, "from_": "nowhere"})),
    Break("link-reason", "error", f"{PROTOCOL} > {PACT}", add_record("links", **{**LINK, "reason": ""})),
    Break("link-self", "error", f"{PACT} > {PACT}", add_record("links", **{**LINK, "from_": PACT})),
    Break("link-self", "error", PACT, edit("agreements", 3, background="See [[tea-pact|this]].")),
    Break("link-twice", "error", f"{PACT} > {TREATY}", add_link(PACT, TREATY, "related")),
    Break("link-inverse", "error", f"{TREATY} > {PACT}", add_link(TREATY, PACT, "related")),
    Break("link-inverse", "error", f"{TREATY} > {PROTOCOL}", add_link(TREATY, PROTOCOL, "amends")),
    Break("inline-link", "error", PACT, set_provision(3, "See [[nowhere|there]].")),
    Break("inline-link", "error", PACT, edit("agreements", 3, background="See [[nowhere]].")),
    Break("inline-link", "error", PACT, edit("agreements", 3, outcome={"text": "See [[nowhere]]."})),
    Break("inline-link", "error", "c2", edit("claims", 2, says="See [[nowhere]].")),
    Break("inline-link", "error", "c2", edit("claims", 2, record="See [[nowhere]].")),
    Break("inline-link", "error", PACT, edit("agreements", 3, background=f"See [[{TREATY}|]].")),
    Break("unreachable", "warning", "lonely", add_record("agreements", **NEW, id="lonely")),
    Break("basis", "error", PACT, edit("agreements", 3, provisions=[{"text": "Tea."}])),
    Break("basis", "error", PACT, edit("agreements", 3, events=[{"kind": "ended", "date": "1860"}])),
    Break("claim-source", "error", "c2", edit("claims", 2, source="")),
    Break("claim-locus", "error", "c2", edit("claims", 2, locus="1")),
    Break("claim-confidence", "error", "c2", edit("claims", 2, confidence=None)),
    Break("claim-about", "error", "c2", edit("claims", 2, about="nowhere")),
    Break("claim-record", "error", "c2", edit("claims", 2, verdict="omits")),
    Break("source-known", "error", PACT, edit("agreements", 3, sources=["rumour"])),
    Break("source-known", "error", PACT, edit("agreements", 3, provisions=[{"text": "Tea.", "sources": ["rumour"]}])),
    Break("source-known", "error", PACT, edit("agreements", 3, events=[{"kind": "ended", "sources": ["rumour"]}])),
    Break("source-known", "error", PACT, edit("agreements", 3, outcome={"text": "Tea.", "sources": ["rumour"]})),
    Break("source-known", "error", "c2", edit("claims", 2, sources=["atlas", "rumour"])),
    Break("source-known", "error", "c2", edit("claims", 2, source="rumour")),
    Break("source-used", "error", "unread", add_record("sources", id="unread", title="Unread")),
    Break("straight-quote", "warning", PACT, edit("agreements", 3, background="The 'tea' was cold.")),
    Break("straight-quote", "warning", PACT, edit("agreements", 3, titles={"en": 'The "tea" pact'})),
    Break("straight-quote", "warning", TREATY, add_event("notice", "1880", note="the lake's side")),
    Break("straight-quote", "warning", PACT, set_provision(3, "The captain's tea.")),
    Break("straight-quote", "warning", "sail", edit("eras", 2, summary="The ship's tea.")),
    Break("short-title", "warning", PACT, edit("agreements", 3, short_title="")),
    Break("short-title", "warning", PACT, edit("agreements", 3, short_title="A pact on twenty teas")),
    Break("short-title", "warning", PACT, edit("agreements", 3, short_title="御茶之売買条約改正書")),
    Break("summary", "warning", PACT, edit("agreements", 3, summary="")),
    Break("summary", "warning", PACT, edit("agreements", 3, summary="One sentence alone, with 2.5 tons.")),
    Break("summary", "warning", PACT, edit("agreements", 3, summary="First this. Then that. Finally the other.")),
    Break("summary", "warning", PACT, edit("agreements", 3, summary="茶を売る。")),
    Break("shared-run", "warning", PACT, set_provision(3, "Here both harbours are OPEN to every ship, always.")),
    Break("shared-run", "warning", PACT, set_provision(3, f"Sold to every ship, as in the [[{TREATY}|protocol]].")),
]  # fmt: skip


def write(folder: Path, store: Store) -> Path:
    path = folder / "store.json"
    path.write_text(json.dumps(store, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def apply(change: Callable[[Store], object]) -> Store:
    store = copy.deepcopy(VALID)
    change(store)
    return store


def test_valid_store_has_no_findings(tmp_path: Path) -> None:
    assert check(write(tmp_path, VALID)) == []


@pytest.mark.parametrize("case", BREAKS, ids=[f"{case.rule}-{number}" for number, case in enumerate(BREAKS)])
def test_break_is_found_by_its_own_rule_only(tmp_path: Path, case: Break) -> None:
    findings = check(write(tmp_path, apply(case.change)))
    assert [(finding.rule, finding.severity, finding.record) for finding in findings] == [case[:3]]


def test_every_rule_has_a_unique_id_and_a_break() -> None:
    names = [rule.id for rule in RULES]
    assert len(set(names)) == len(names)
    assert {(rule.id, rule.severity) for rule in RULES} == {(case.rule, case.severity) for case in BREAKS}


@pytest.mark.parametrize(
    "change",
    [
        edit("agreements", 3, provisions=[{"text": "Both harbours are open to every boat.", "basis": "text"}]),
        set_provision(1, "Tea for all of us on the lake, tea for all of us on the lake."),
        edit("agreements", 3, short_title="A pact on many teas"),
        edit("agreements", 3, place="Санкт-Peterburg", parties=["Ту-104A"]),
        edit("agreements", 3, summary="The U.S.S.R. and Japan (cf. Art. IV) agreed. It ended in 1890"),
        edit("agreements", 3, summary="The amst. harbour, cf. Arts. IV and V, was opened to ships. It ended."),
        all_of(add_record("agreements", **NEW, id="other"), add_link("other", TREATY, "cites")),
        add_event("signed", "1876"),
        add_event("in-force", "1875", reading="east"),
        add_event("ended", "1875-07-01", reading="east"),
        add_event("prolonged", "1870"),
        edit("claims", 2, verdict="unverified"),
        lambda store: store["links"].clear(),
        lambda store: [store.pop("eras"), store["agreements"]["3"].update(era="anything")],
        lambda store: store["corpus"]["1"].update(description="It's invented and isn't curly."),
        all_of(edit("corpus", 1, description="Invented."), edit("agreements", 3, background="It's cold; 'tea' isn't.")),
        lambda store: store.update({"_default": {}}),
    ],
)
def test_allowed_variations_have_no_findings(tmp_path: Path, change: Callable[[Store], object]) -> None:
    assert check(write(tmp_path, apply(change))) == []


def test_mixed_quotes_in_one_text_are_found_in_a_corpus_of_straight_quotes(tmp_path: Path) -> None:
    store = apply(edit("corpus", 1, description="Don't."))
    store["agreements"]["1"]["background"] = "It's."
    store["agreements"]["2"]["background"] = "The ship's captain’s tea."
    store["agreements"]["3"]["background"] = "It's."
    assert [(finding.rule, finding.record) for finding in check(write(tmp_path, store))] == [
        ("straight-quote", PROTOCOL)
    ]


def test_unreadable_record_causes_no_findings_in_records_that_refer_to_it(tmp_path: Path) -> None:
    store = apply(edit("eras", 2, title=5))
    store["agreements"]["2"]["parties"] = "one string"
    found = check(write(tmp_path, store))
    assert [finding.rule for finding in found if finding.severity == "error"] == ["schema", "schema"]


def test_malformed_record_is_one_finding(tmp_path: Path) -> None:
    path = write(tmp_path, VALID)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"name": "Lake"', '"name": "Lake", "name": "Sea"'), encoding="utf-8")
    (finding,) = check(path)
    assert (finding.rule, finding.record) == ("schema", "1")
    assert finding.message == "The record cannot be read: has the field 'name' twice."


def test_link_to_itself_is_not_its_own_inverse(tmp_path: Path) -> None:
    store = apply(
        all_of(add_link(PACT, PACT, "cites"), lambda store: store["links"].update({"8": store["links"]["9"]}))
    )
    found = sorted(finding.rule for finding in check(write(tmp_path, store)))
    assert found == ["link-self", "link-self", "link-twice"]


def test_hostile_text_is_checked_in_linear_time_and_quoted_briefly(tmp_path: Path) -> None:
    text = "a" * 200_000 + "." * 200_000 + " " * 200_000 + "[[" * 100_000 + "'" * 200_000
    record = {"id": text, "summary": text, "background": text, "provisions": [{"text": text}], "titles": {text: text}}
    findings = check(write(tmp_path, {"agreements": {"1": record}}))
    assert max(len(finding.message) for finding in findings) <= 400


def test_line_break_in_a_quoted_text_is_made_visible(tmp_path: Path) -> None:
    store = apply(edit("claims", 1, locus="p.\n1", id="c\n1"))
    found = {finding.rule: finding for finding in check(write(tmp_path, store))}
    assert set(found) == {"claim-locus", "control-character"}
    assert found["claim-locus"].record == "c␊1"
    assert found["claim-locus"].message == "The locus “p.␊1” is not of the form ¶1."


def test_findings_are_ordered_by_line(tmp_path: Path) -> None:
    store = apply(edit("claims", 1, locus="p. 1"))
    store["agreements"]["3"]["place"] = "a\x1bb"
    path = write(tmp_path, store)
    lines = path.read_text(encoding="utf-8").splitlines()
    place, locus = check(path)
    assert place == Finding(
        rule="control-character",
        severity="error",
        line=next(number for number, line in enumerate(lines, 1) if f'"id": "{PACT}"' in line) - 1,
        table="agreements",
        record=PACT,
        message="place holds an invisible or a control character, shown as ␛.",
    )
    assert (locus.table, locus.record, locus.message) == ("claims", "c1", "The locus “p. 1” is not of the form ¶1.")
    assert place.line < locus.line


def test_store_on_one_line_has_the_same_findings(tmp_path: Path) -> None:
    store = apply(all_of(add_record("sources", id="atlas", title="Another"), edit("claims", 1, locus="x")))
    store["links"]["9"] = store["links"]["3"]
    path = tmp_path / "store.json"
    path.write_text(json.dumps(store), encoding="utf-8")
    assert [finding.rule for finding in check(path)] == ["claim-locus", "id-unique", "link-twice"]


def test_shared_run_names_both_records_once(tmp_path: Path) -> None:
    words = "Tea is drunk at five o’clock on the deck of every ship in the harbour."
    store = apply(all_of(set_provision(2, words), set_provision(3, words)))
    (finding,) = check(write(tmp_path, store))
    assert (finding.record, PROTOCOL in finding.message) == (PACT, True)


@pytest.mark.parametrize("content", ["", "[]", '{"agreements": {"1": {"id"', '{"links": {}}'])
def test_store_that_cannot_be_opened_raises_store_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "store.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError):
        check(path)


def test_empty_corpus_has_no_findings(tmp_path: Path) -> None:
    assert check(write(tmp_path, {"agreements": {}})) == []


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of everything inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [inner for key, item in items for inner in ((*path, key), *paths_in(item, (*path, key)))]


PATHS = [path for path in paths_in(VALID) if len(path) > 2]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from([TREATY, "¶1", "1875/", "[[x|y]]", "é", "A.B. C?"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(PATHS), value=JSON)
def test_findings_are_one_safe_line_for_any_field_value(tmp_path: Path, field: tuple[Any, ...], value: Any) -> None:
    store: Any = copy.deepcopy(VALID)
    parent = store
    for key in field[:-1]:
        parent = parent[key]
    parent[field[-1]] = value
    path = tmp_path / "store.json"
    path.write_text(json.dumps(store), encoding="utf-8")
    for finding in check(path):
        assert finding.message == safe.line(finding.message)
        assert finding.record == safe.line(finding.record)
        assert finding.line >= 1


@pytest.mark.parametrize(
    ("written", "advice"), [("7 May 1860", " Write 1860-05-07."), ("n.d.", " Leave the field out."), ("one day", "")]
)
def test_edtf_form_of_a_written_date_is_proposed(tmp_path: Path, written: str, advice: str) -> None:
    store = write(tmp_path, {"agreements": {"1": {"id": "a", "date": written}}})
    messages = [finding.message for finding in check(store) if finding.rule == "date-form"]
    assert len(messages) == 1
    assert messages[0].endswith("or an interval of two." + advice)
