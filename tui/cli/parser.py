"""The command line: `python -m tui [ID | list | show | search | links | check | schema] [--store FILE] [--json]`.

Exit codes: 0 found, 1 nothing found (or findings, for `check`), 2 wrong use, 3 a store that cannot be opened.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui import paths

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.catalogue.reader import Catalogue
    from tui.pages.blocks import Page

FOUND, NOTHING, USAGE, BAD_STORE = 0, 1, 2, 3
COMMANDS = ("list", "show", "search", "links", "check", "schema")


def main(arguments: list[str] | None = None) -> int:
    """Run one command, or the explorer where none is named; returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    _open_closed_streams()
    if not given:
        return _explore(paths.shipped_store(), "")
    _fit_output()
    from tui.corpus import safe
    from tui.corpus.file import StoreError

    # A word that begins with a hyphen is part of a query, `-gas`, not an option that nobody knows.
    options, more = _parser().parse_known_args(_as_command(given))
    if more and not hasattr(options, "words"):
        _parser().error(f"unrecognized arguments: {safe.line(' '.join(more))}")
    if more:
        words = [*options.words, *more]
        options.words = sorted(words, key=given.index)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except StoreError as error:
        print(error, file=sys.stderr)
        return BAD_STORE
    except BrokenPipeError:
        _drop_output()  # whoever read us has enough
        return FOUND
    except OSError as error:
        _drop_output()
        print(f"The output could not be written: {error.strerror}.", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return 130


def _open_closed_streams() -> None:
    """A stream that the shell has closed (`>&-`) is None in Python; nothing is read from it and nothing written."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _drop_output() -> None:
    """Keep the interpreter from writing the rest at its exit, where nobody could catch the error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _as_command(given: list[str]) -> list[str]:
    """The arguments with the command put in where the reader left it out: `ID`, or only options, mean `browse`."""
    skip = False
    for place, word in enumerate(given):
        if skip:
            skip = False
        elif word == "--store":
            skip = True
        elif word in ("-h", "--help", "--version"):
            return given
        elif not word.startswith("-"):
            return [word, *given[:place], *given[place + 1 :]] if word in (*COMMANDS, "browse") else ["browse", *given]
    return ["browse", *given]


def _parser() -> ArgumentParser:
    from argparse import ArgumentParser

    from tui import __version__

    common = ArgumentParser(add_help=False)
    common.add_argument(
        "--store", type=Path, default=paths.shipped_store(), metavar="FILE", help="another corpus in the same schema"
    )
    plain = ArgumentParser(add_help=False)
    plain.add_argument("--json", action="store_true", help="print JSON instead of plain text")
    parser = ArgumentParser(
        prog="python -m tui",
        description="Explore the Soviet–Japanese agreements of 1925–1975 in the terminal.",
        epilog="Without a command the explorer opens; with the id of an agreement it opens there.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Any, words: str, *parents: ArgumentParser) -> ArgumentParser:
        made = commands.add_parser(
            name, help=words, description=words[0].upper() + words[1:] + ".", parents=[common, *parents]
        )
        made.set_defaults(run=run)
        return made

    browse = command("browse", _browse, "open the explorer, at an agreement where one is named")
    browse.add_argument("id", nargs="?", default="", metavar="ID")
    command("list", _list, "list every agreement", plain)
    command("show", _show, "show one agreement", plain).add_argument("id", metavar="ID")
    search = command("search", _search, "search the full text; every word must match", plain)
    search.add_argument("words", nargs="*", metavar="WORDS")
    command("links", _links, "list the cross-links of one agreement, both directions", plain).add_argument(
        "id", metavar="ID"
    )
    check = command("check", _check, "check a store against the rules of a corpus", plain)
    check.add_argument("checked", nargs="?", type=Path, metavar="STORE")
    check.add_argument("--strict", action="store_true", help="let warnings too make the check fail")
    command("schema", _schema, "print the JSON Schema of a store")
    return parser


# -- the explorer


def _browse(options: Namespace) -> int:
    if options.id:
        with _Opened(options.store) as catalogue:
            if catalogue.leaf(options.id) is None:
                return _unknown(catalogue, options.id)
    return _explore(options.store, options.id)


def _explore(store: Path, id: str) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        print(
            "The explorer needs a terminal. Without one: python -m tui list, show ID, search WORDS, links ID or check.",
            file=sys.stderr,
        )
        return USAGE
    import gc

    from tui.corpus.file import StoreError, stamp

    os.environ.setdefault("TEXTUAL_FPS", "240")  # a key is painted within 4 ms; nothing moves that no key has moved
    gc.disable()  # until the first frame is out: the collector would run over every module being imported
    try:
        stamp(store)
        from tui.explorer.app import Explorer

        app = Explorer(store, paths.cache_folder(), id)
        sentence = app.run()
    except StoreError as error:
        sentence = str(error)
        print(sentence, file=sys.stderr)
        return BAD_STORE
    if sentence:
        print(sentence, file=sys.stderr)
    return app.return_code or 0


# -- plain commands


def _list(options: Namespace) -> int:
    with _Opened(options.store) as catalogue:
        leaves = catalogue.all_leaves()
        titles = {division.key: division.label for division in catalogue.divisions("era")}
    if options.json:
        _print_json([_leaf(leaf, titles) for leaf in leaves])
    else:
        widest = max((len(leaf.id) for leaf in leaves), default=0)
        for leaf in leaves:
            print(f"{leaf.id:{widest}}  {leaf.name}")
    return FOUND if leaves else NOTHING


def _show(options: Namespace) -> int:
    from tui.pages import agreement as agreement_page

    with _Opened(options.store) as catalogue:
        agreement = catalogue.agreement(options.id)
        if agreement is None:
            return _unknown(catalogue, options.id)
        claims = catalogue.claims(options.id)
        sources = catalogue.sources(agreement_page.cited(agreement, claims))
        labels = catalogue.labels()
    if options.json:
        _print_json({**_built(agreement), "claims": _built(claims), "cited": _built(list(sources.values()))})
    else:
        _print_page(agreement_page.document(agreement_page.Subject(agreement, claims, sources, labels)))
    return FOUND


def _search(options: Namespace) -> int:
    from tui.corpus import safe

    if not options.words:
        _parser().error("search wants words to look for")
    with _Opened(options.store) as catalogue:
        searcher, typed = catalogue.searcher(), " ".join(options.words) + " "
        results = searcher.complete(typed, searcher.search(typed))
        offers = [] if results.found else searcher.offers(typed)
        titles = {division.key: division.label for division in catalogue.divisions("era")}
    if results.note:
        print(results.note, file=sys.stderr)
    if options.json:
        _print_json([{**_leaf(result.leaf, titles), "snippet": result.snippet} for result in results.found])
    elif results.found:
        from tui.pages.search import result_list

        _print_page(result_list(results.found, ids=True))
    else:
        print("Nothing matches: every word must occur in the same agreement.", file=sys.stderr)
        for offer in offers[:5]:
            print(f"{safe.line(offer.words)}: {offer.size:,}", file=sys.stderr)
    return FOUND if results.found else NOTHING


def _links(options: Namespace) -> int:
    from tui.pages import agreement as agreement_page

    with _Opened(options.store) as catalogue:
        if catalogue.leaf(options.id) is None:
            return _unknown(catalogue, options.id)
        links = catalogue.links(options.id)
    if options.json:
        _print_json(
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
        _print_page(agreement_page.cross_links(links, ids=True))
    return FOUND if links else NOTHING


def _check(options: Namespace) -> int:
    from tui.corpus import safe
    from tui.corpus.check import check

    path = options.checked or options.store
    name = safe.line(str(path))
    findings = check(path)
    if options.json:
        _print_json(_built(findings))
    else:
        for finding in findings:
            print(f"{name}:{finding.line}: {finding.severity}: {finding.record}: {finding.message} [{finding.rule}]")
        print(f"{len(findings)} finding{'s' if len(findings) != 1 else ''} in {name}.", file=sys.stderr)
    failed = findings if options.strict else [finding for finding in findings if finding.severity == "error"]
    return NOTHING if failed else FOUND


def _schema(_: Namespace) -> int:
    from tui.corpus.schema import store_schema

    _print_json(store_schema())
    return FOUND


# -- helpers


class _Opened:
    """The store's catalogue for one command, closed after it."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def __enter__(self) -> Catalogue:
        from tui.catalogue import cache
        from tui.corpus import safe

        progress = _Progress()
        try:
            self._catalogue = cache.open_or_build(self._store, paths.cache_folder(), progress)
        finally:
            progress.end()
        problems = self._catalogue.problem_count()
        if problems:
            noun = "record" if problems == 1 else "records"
            name = safe.line(str(self._store))
            print(
                f"{problems} {noun} of {name} could not be read: python -m tui check {name} says which.",
                file=sys.stderr,
            )
        return self._catalogue

    def __exit__(self, *_: object) -> None:
        self._catalogue.close()


class _Progress:
    """A line on stderr that counts while a large store is compiled, where somebody watches."""

    def __init__(self) -> None:
        from time import monotonic

        self._now = monotonic
        self._due = monotonic() + 0.5
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty() and self._now() >= self._due:
            self._due = self._now() + 0.1
            self._shown = True
            print(f"\rCompiling the catalogue: {100 * done // total} %", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Finish the line, where there is one."""
        if self._shown:
            print(file=sys.stderr)


def _unknown(catalogue: Catalogue, id: str) -> int:
    from tui.corpus import safe

    print(f"There is no agreement {safe.line(id)}; python -m tui list names them all.", file=sys.stderr)
    for near in catalogue.resembling(safe.text(id)):
        print(f"  near it: {near}", file=sys.stderr)
    return NOTHING


def _leaf(leaf: Any, titles: dict[str, str]) -> dict[str, Any]:
    return {"id": leaf.id, "title": leaf.name, "date": leaf.date, "era": titles.get(leaf.era, leaf.era)}


def _built(value: Any) -> Any:
    import msgspec

    return msgspec.to_builtins(value)


def _print_json(value: Any) -> None:
    import json

    print(json.dumps(value, ensure_ascii=not _speaks_unicode(), indent=2))


def _print_page(page: Page) -> None:
    import shutil

    from tui.pages import plain

    width = min(100, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 80
    for line in plain.lines(page, width):
        print(line)


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")


def _fit_output() -> None:
    """What the output's encoding cannot say is written as an escape, not lost and not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
