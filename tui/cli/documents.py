"""The commands that print what the store holds: list, show, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.output import OpenCatalogue, print_json, print_page, report_unknown, summary_json, to_builtins
from tui.cli.parser import FOUND, NOTHING

if TYPE_CHECKING:
    from argparse import Namespace


def list_agreements(options: Namespace) -> int:
    """Print every agreement, oldest first in each era."""
    with OpenCatalogue(options.store) as catalogue:
        agreements = catalogue.all_agreements()
        titles = {group.key: group.label for group in catalogue.groups("era")}
    if options.json:
        print_json([summary_json(summary, titles) for summary in agreements])
    else:
        widest = max((len(summary.id) for summary in agreements), default=0)
        for summary in agreements:
            print(f"{summary.id:{widest}}  {summary.name}")
    return FOUND if agreements else NOTHING


def show(options: Namespace) -> int:
    """Print one agreement."""
    from tui.pages import agreement as agreement_page

    with OpenCatalogue(options.store) as catalogue:
        agreement = catalogue.agreement(options.id)
        if agreement is None:
            return report_unknown(catalogue, options.id)
        claims = catalogue.claims(options.id)
        sources = catalogue.sources(agreement_page.cited(agreement, claims))
        kinds, topics = catalogue.labels("kind"), catalogue.labels("topic")
    if options.json:
        print_json(
            {**to_builtins(agreement), "claims": to_builtins(claims), "cited": to_builtins(list(sources.values()))}
        )
    else:
        print_page(agreement_page.document(agreement_page.AgreementPageData(agreement, claims, sources, kinds, topics)))
    return FOUND


def links(options: Namespace) -> int:
    """Print the cross-links of one agreement, in both directions."""
    from tui.pages import agreement as agreement_page

    with OpenCatalogue(options.store) as catalogue:
        if catalogue.summary(options.id) is None:
            return report_unknown(catalogue, options.id)
        links = catalogue.links(options.id)
    if options.json:
        print_json(
            [
                {
                    "relation": link.relation,
                    "id": link.other.id,
                    "title": link.other.name,
                    "date": link.other.date,
                    "reason": link.reason,
                    "basis": link.basis,
                }
                for link in links
            ]
        )
    else:
        print_page(agreement_page.cross_links(links, ids=True))
    return FOUND if links else NOTHING
