"""The commands that print what the store holds: show, list, and every view."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from tui import address as addresses
from tui.address import Address
from tui.cli.output import open_catalogue, page_width, print_json, print_page, report_not_found, summary_json
from tui.cli.program import FOUND, NOTHING
from tui.corpus import safe
from tui.pages import views
from tui.pages.resources import Context, NotFound, Resources, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.catalogue.connection import AgreementSummary
    from tui.catalogue.reader import CatalogueReader


def resolve(reader: CatalogueReader, text: str) -> Address:
    """Return the address that a text means: an id or a title of the store as it stands, else an address.

    A title that several records have is none. Raises UsageError.
    """
    if not text.startswith(addresses.SCHEME):
        if reader.summary(safe.text(text)):
            return addresses.agreement(text)
        if len(titled := reader.ids_titled(safe.text(text))) == 1:
            return addresses.agreement(titled[0])
    try:
        return addresses.parse(text)
    except addresses.AddressError as error:
        raise UsageError(f"“{safe.quoted(text)}” is not an address: {error}.") from None


def show(options: Namespace) -> int:
    """Print what is at an address."""
    with open_catalogue(options.store) as reader:
        return _print(Resources(reader), resolve(reader, " ".join(options.address)), options.json)


def show_view(options: Namespace) -> int:
    """Print a view of the subjects that are named, as they stand; a view with a prompt reads them as one text."""
    view = views.find(options.command)
    if view.prompt:
        address = view.module.parse(" ".join(options.words), Context(Address("start"), date.today()))
    else:
        address = Address(view.name, tuple(options.words))
    with open_catalogue(options.store) as reader:
        return _print(Resources(reader), address, options.json)


def _print(resources: Resources, address: Address, as_json: bool) -> int:
    changed = views.change_since_cited(resources, address)
    if address.view == "search" and len(address.subject) == 1 and not address.place:
        from tui.cli.search import print_results

        return print_results(resources.reader, address.subject[0], 0, as_json)
    data = views.load(resources, address)
    if isinstance(data, NotFound):
        return report_not_found(data)
    page = views.compose(address, data, page_width())
    shown = views.excerpt(page, address.place) if address.place else page
    if isinstance(shown, NotFound):
        return report_not_found(shown)
    if changed:
        print(changed, file=sys.stderr)
    value = views.to_json(address, data)
    if as_json:
        print_json(value)
    else:
        print_page(views.dated(shown, address))
    return NOTHING if value == [] else FOUND


def list_agreements(options: Namespace) -> int:
    """Print every agreement, oldest first in each era; with a query, those that it finds."""
    with open_catalogue(options.store) as reader:
        titles = {group.key: group.label for group in reader.groups("era")}
        kinds = _kinds(reader) if options.format == "tsv" else {}
        listed = _find(reader, " ".join(options.words)) if options.words else reader.all_agreements()
    if not listed:
        print("Nothing matches." if options.words else "There are no records in this store yet.", file=sys.stderr)
    if options.json:
        print_json([agreement.id if options.ids else summary_json(agreement, titles) for agreement in listed])
        return FOUND if listed else NOTHING
    widest = max((len(agreement.id) for agreement in listed), default=0)
    for agreement in listed:
        if options.ids:
            print(agreement.id)
        elif options.format == "tsv":
            era = titles.get(agreement.era, agreement.era) if agreement.era else ""
            print("\t".join((agreement.id, agreement.date, kinds.get(agreement.id, ""), era, agreement.name)))
        else:
            print(f"{agreement.id:{widest}}  {agreement.name}")
    return FOUND if listed else NOTHING


def _find(reader: CatalogueReader, query: str) -> list[AgreementSummary]:
    from tui.search.engine import open_searcher

    searcher = open_searcher(reader)
    results = searcher.search(searcher.parse(f"{query} "), most=None, order="era", visible=0)
    if results.note:
        print(results.note, file=sys.stderr)
    return [result.summary for result in results.found]


def _kinds(reader: CatalogueReader) -> dict[str, str]:
    """Return the label of the kind of each agreement that has one, by its id."""
    groups = [group for group in reader.groups("kind") if group.key]
    return {agreement.id: group.label for group in groups for agreement in reader.agreements("kind", group.key)}
