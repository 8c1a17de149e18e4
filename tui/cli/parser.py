"""Parser of the command line, and the exit codes.

Exit codes: 0 found, 1 nothing found (or findings, for `check`), 2 wrong use, 3 a store that cannot be opened.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from tui import __version__, paths

FOUND, NOTHING, USAGE, BAD_STORE = 0, 1, 2, 3
COMMANDS = ("list", "show", "search", "links", "check", "schema")


def with_command(given: list[str]) -> list[str]:
    """Return the arguments with `browse` in front where no command is named: `ID`, or only options."""
    skip = False
    for place, word in enumerate(given):
        if skip:
            skip = False
        elif word in ("--store", "--limit"):
            skip = True
        elif word in ("-h", "--help", "--version"):
            return given
        elif not word.startswith("-"):
            return [word, *given[:place], *given[place + 1 :]] if word in (*COMMANDS, "browse") else ["browse", *given]
    return ["browse", *given]


def parser() -> ArgumentParser:
    """Return the parser; `run` of what it parses names the module of tui.cli and the function of the command."""
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

    def command(name: str, run: tuple[str, str], words: str, *parents: ArgumentParser) -> ArgumentParser:
        made = commands.add_parser(
            name, help=words, description=words[0].upper() + words[1:] + ".", parents=[common, *parents]
        )
        made.set_defaults(run=run)
        return made

    browse = command("browse", ("explore", "browse"), "open the explorer, at an agreement where one is named")
    browse.add_argument("id", nargs="?", default="", metavar="ID")
    command("list", ("documents", "list_agreements"), "list every agreement", plain)
    command("show", ("documents", "show"), "show one agreement", plain).add_argument("id", metavar="ID")
    search = command("search", ("search", "search"), "search the full text; every word must match", plain)
    search.add_argument("words", nargs="*", metavar="WORDS")
    search.add_argument(
        "--limit", type=_limit, default=200, metavar="N", help="print at most N agreements (200); 0 prints all"
    )
    command(
        "links", ("documents", "links"), "list the cross-links of one agreement, both directions", plain
    ).add_argument("id", metavar="ID")
    check = command("check", ("check", "check"), "check a store against the rules of a corpus", plain)
    check.add_argument("checked", nargs="?", type=Path, metavar="STORE")
    check.add_argument("--strict", action="store_true", help="let warnings too make the check fail")
    command("schema", ("check", "schema"), "print the JSON Schema of a store")
    return parser


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError("a number is wanted, 0 for all")
    return int(text)
