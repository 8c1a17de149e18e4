"""Registry of the views. Adding one means adding its module, a line here, and a section of docs/json.md.

A view is a module of this package with `SUBJECTS` (how its subjects are called: "", "ID", "[TEXT]"; a new kind needs a
sample in `View.sample`),
`load(resources, address) -> Data | NotFound` and `compose(data, width) -> Page`; where it needs them also
`parse(text, context) -> Address` with `PROMPT`, `encode(data)` for JSON that is less than its data, `COMPANIONS`, the
views whose pages stand beside it, `LIST`, the view from which one of its subjects is chosen, and
`of_agreement(resources, agreement_id) -> Address` for one that belongs to an agreement. Data are frozen dataclasses.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from tui.address import AGREEMENT, Address, slug
from tui.corpus import dates, safe
from tui.corpus.places import SECTIONS, is_at, is_provision
from tui.pages.blocks import Block, Page
from tui.pages.resources import NotFound, Resources, UsageError


class View(NamedTuple):
    """A view: its name, which is that of its module, and its description for help and palette."""

    name: str
    description: str

    @property
    def module(self) -> ModuleType:
        """The view's module, imported when it is first used."""
        return import_module(f"tui.pages.{self.name}")

    @property
    def subjects(self) -> str:
        """Names of the view's subjects, as its usage shows them."""
        return str(self.module.SUBJECTS)

    @property
    def prompt(self) -> str:
        """Prompt for the text that the view parses; empty if it parses none."""
        return str(getattr(self.module, "PROMPT", ""))

    def sample(self, resources: Resources) -> Address:
        """Return an address of the view with something to show.

        For a store without a suitable record, return an address at which nothing is found.
        """
        from tui.catalogue import directory

        reader = resources.reader
        match self.subjects:
            case "ID":
                subject = reader.neighbour("era", "", 1)
            case "ERA":
                subject = next((group.key for group in reader.groups("era") if group.key), None)
            case "NAME":
                subject = next((name.id for name in directory.names(reader)), None)
            case "SOURCE":
                subject = next((source.id for source in directory.all_sources(reader)), None)
            case "QUERY":
                subject = "agreement"
            case _:
                return Address(self.name)
        return Address(self.name, (subject or "none",))


VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View(AGREEMENT, "show one record"),
        View("start", "show the page that says what this is"),
        View("help", "show every key"),
        View("marks", "explain the marks of doubt"),
        View("problems", "list the records that could not be read"),
        View("links", "list the cross-links of a record, both ways"),
        View("claims", "compare what sources claim with the record"),
        View("life", "list all events of a record in order"),
        View("search", "search the full text"),
        View("era", "show an era and its records"),
        View("name", "show a person, place or term"),
        View("names", "list the names, in three scripts"),
        View("source", "show a source and what rests on it"),
        View("sources", "list the sources"),
    )
}
"""All views by name, in the order in which help and palette list them."""


def find(name: str) -> View:
    """Return the view of this name. Raises UsageError, which lists the views."""
    view = VIEWS.get(name)
    if view is None:
        from difflib import get_close_matches

        near = get_close_matches(name, VIEWS, 1)
        hint = f"; near it: {near[0]}" if near else ""
        raise UsageError(f"There is no view {safe.quoted(name)}{hint}. The views are {', '.join(VIEWS)}.")
    return view


def load(resources: Resources, address: Address) -> Any:
    """Return the data of the page at an address, or NotFound. Raises UsageError."""
    view = find(address.view)
    expected = view.subjects.split()
    least = sum(not subject.startswith("[") for subject in expected)
    if not all(subject.strip() for subject in address.subject):
        raise UsageError(f"A subject of the view {view.name} may not be blank.")
    if not least <= len(address.subject) <= len(expected):
        usage = " ".join((view.name, *expected))
        raise UsageError(f"The view {view.name} is used as: {usage}.")
    return view.module.load(resources, address)


def compose(address: Address, data: Any, width: int) -> Page:
    """Return the page made of loaded data."""
    page: Page = find(address.view).module.compose(data, width)
    return page


def dated(page: Page, address: Address) -> Page:
    """Return a page or an excerpt with the day that is set under its titles."""
    if not address.day:
        return page
    titles = sum(block.role in ("title", "subtitle") for block in page[:5])
    return (*page[:titles], Block(f"Day set: {dates.words(address.day)}", "dim"), *page[titles:])


def page(resources: Resources, address: Address, width: int) -> Page | NotFound:
    """Return the whole page at an address, at a width in cells, or NotFound. Raises UsageError."""
    data = load(resources, address)
    return data if isinstance(data, NotFound) else dated(compose(address, data, width), address)


def excerpt(page: Page, place: str) -> Page | NotFound:
    """Return the title of a page and the blocks at a place: a provision, an event or a section."""
    if place not in SECTIONS and not any(is_at(block.anchor, place) for block in page if block.anchor):
        place = slug(place) or place  # as a reader may write it: “Point 9”
    found: list[Block] = []
    inside = False
    for block in page:
        if block.anchor and is_at(block.anchor, place):
            inside = True
        elif inside and _begins_another(block, place):
            inside = False
        if inside:
            found.append(block)
    if not found:
        return unknown_place(page, place)
    title = next((block for block in page if block.role == "title"), None)
    first = found[0]._replace(above=1)
    return (title, first, *found[1:]) if title and title is not found[0] else tuple(found)


def _begins_another(block: Block, place: str) -> bool:
    """Return whether what stands at a place ends before a block that is not at it."""
    if place in SECTIONS:
        return block.anchor in SECTIONS
    is_event = place.startswith(".") and not is_provision(place)
    return bool(block.anchor or block.role == "heading" or (is_event and block.lead))


def unknown_place(page: Page, place: str) -> NotFound:
    """Return the answer for a place that is not on a page, with the places that are."""
    anchors = tuple(dict.fromkeys(block.anchor for block in page if block.anchor))
    return NotFound(f"There is no place {safe.quoted(place)} on this page", anchors)


def to_json(address: Address, data: Any) -> Any:
    """Return loaded data as plain values for JSON."""
    import msgspec

    module = find(address.view).module
    if address.place and hasattr(module, "encode_place"):
        return module.encode_place(data, address.place)
    if hasattr(module, "encode"):
        return module.encode(data)
    return msgspec.to_builtins(_with_field_names(data))


def _with_field_names(value: Any) -> Any:
    """Return dataclasses and named tuples as dictionaries, whose fields JSON would otherwise lose."""
    if is_dataclass(value):
        return {field.name: _with_field_names(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _with_field_names(item) for name, item in value._asdict().items()}
    if isinstance(value, (list, tuple)):
        return [_with_field_names(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_field_names(item) for key, item in value.items()}
    return value


def change_since_cited(resources: Resources, address: Address) -> str:
    """Return a sentence if the record no longer has the checksum in its address, else nothing. Raises UsageError."""
    if not address.check:
        return ""
    if find(address.view).subjects != "ID":
        raise UsageError(f"A check goes with one record; the view {address.view} takes none.")
    checksum = resources.reader.checksum(address.subject[0])
    if checksum == address.check:
        return ""
    return f"This record has changed since it was cited: its check was {address.check} and is {checksum}."
