"""Parser of the command line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any, NoReturn

from tui import __version__, paths
from tui.cli.program import program
from tui.corpus import safe
from tui.pages.resources import UsageError
from tui.pages.views import VIEWS

EXPLORE = "explore"
"""The command that is meant where none is named."""
COMMANDS = (EXPLORE, "show", "list", "search", "check", "schema", *(name for name in VIEWS if name != "search"))
"""All commands: those written by hand, and every view."""

PROMPTED = ("search", "list", "names", "sources")
"""Commands whose words are a query, and may begin with a hyphen."""

OPTIONS_WITH_VALUE = ("--store", "--theme", "--limit", "--format")
SEARCH_OPTIONS = ("--store", "--limit", "--json", "--help")
"""Options of `search`; any other word that begins with two hyphens is part of the query."""

EXAMPLES = """\
Without a command the explorer opens, at ADDRESS where one is named.
Its options, such as --last and --theme: %(prog)s explore -h

examples:
  {program} 1956-10-19-joint-declaration/point-9     open the explorer at a provision
  {program} show 1941-04-13-neutrality-pact          print a record
  {program} search fishery 漁業                       search in three scripts
  {program} list --format tsv | grep 1941            one line a record, for grep, awk and fzf
"""


def read(given: list[str]) -> Namespace:
    """Read the arguments; `run` of the result names a module of tui.cli and its function. Raises UsageError.

    Ends the program after `--help` and `--version`.
    """
    arguments = _with_command(given)
    if arguments[0] in PROMPTED:
        arguments = _with_words_last(arguments)
    options, more = _parser().parse_known_args(arguments)
    if more:
        raise UsageError(_superfluous(options, more))
    return options


def _with_words_last(arguments: list[str]) -> list[str]:
    """Return the arguments of a command with its options first, then the words of its query as they stand.

    A word that begins with a hyphen is part of the query, `-gas`; argparse would read `-hay` as `-h`.
    """
    command, *left = arguments
    options, words = [], []
    while left:
        word = left.pop(0)
        if word == "--":
            words += left
            break
        if word in OPTIONS_WITH_VALUE:
            options += [word, *left[:1]]
            del left[:1]
        elif word == "-h" or (word.startswith("--") and (command != "search" or word.split("=")[0] in SEARCH_OPTIONS)):
            options.append(word)
        else:
            words.append(word)
    return [command, *options, "--", *words]


def _superfluous(options: Namespace, more: list[str]) -> str:
    """Return a sentence about arguments that the command does not take."""
    if more[0].startswith("-"):
        return f"{safe.quoted(' '.join(more))} is no option of this command; {program()} -h lists them."
    if options.command != EXPLORE or options.address in COMMANDS:
        return f"{safe.quoted(' '.join(more))} is more than {options.command} takes; {program()} -h shows examples."
    from difflib import get_close_matches

    near = get_close_matches(options.address, COMMANDS, 1)
    hint = f"near it: {near[0]}" if near else f"{program()} -h lists them"
    return f"There is no command {safe.quoted(options.address)}; {hint}."


def _with_command(given: list[str]) -> list[str]:
    """Return the arguments with the command in front, EXPLORE where none is named."""
    is_value = False
    for place, word in enumerate(given):
        if is_value:
            is_value = False
        elif word in OPTIONS_WITH_VALUE:
            is_value = True
        elif word in ("-h", "--help", "--version"):
            return given
        elif word == "--":
            break
        elif not word.startswith("-"):
            return [word, *given[:place], *given[place + 1 :]] if word in COMMANDS else [EXPLORE, *given]
    return [EXPLORE, *given]


class _Parser(ArgumentParser):
    """Parser that raises UsageError. It knows no shortened options: they could not be told from words of a query."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError, with a message that is cut since it quotes what was typed."""
        raise UsageError(f"{safe.quoted(message, 100)}; {self.prog} -h shows the usage.")

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help or version. Overrides a method of argparse that passes over a full disk and a closed pipe."""
        (file or sys.stderr).write(message)


def _parser() -> ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument(
        "--store", type=Path, default=paths.shipped_store(), metavar="FILE", help="another corpus in the same schema"
    )
    plain = _Parser(add_help=False)
    plain.add_argument("--json", action="store_true", help="print JSON instead of plain text")
    parser = _Parser(
        prog=program(),
        description="Explore the Soviet–Japanese agreements of 1925–1975 in the terminal.",
        epilog=EXAMPLES.format(program=program()),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: tuple[str, str], words: str, *parents: _Parser) -> ArgumentParser:
        sentence = words[0].upper() + words[1:] + "."
        made = commands.add_parser(name, help=words, description=sentence, parents=[common, *parents])
        made.set_defaults(run=run, command=name)
        return made

    explore = command(EXPLORE, ("explore", "explore_command"), "open the explorer, at an address where one is named")
    explore.add_argument("address", nargs="?", default="", metavar="ADDRESS")
    explore.add_argument("--last", action="store_true", help="open where you stopped")
    explore.add_argument("--theme", metavar="NAME", default="", help="open in a theme, and keep it")
    explore.add_argument("--quiet", action="store_true", help="do not say how to come back")
    show = command("show", ("documents", "show"), "print what is at an address", plain)
    show.add_argument("address", metavar="ADDRESS")
    listing = command("list", ("documents", "list_agreements"), "list the records, or those a query finds", plain)
    listing.add_argument("words", nargs="*", metavar="QUERY")
    listing.add_argument("--ids", action="store_true", help="print the ids alone")
    listing.add_argument("--format", choices=("text", "tsv"), default="text", help="tsv: id, date, kind, era, title")
    search = command("search", ("search", "search"), "search the full text; every word must match", plain)
    search.add_argument("words", nargs="*", metavar="WORDS")
    search.add_argument(
        "--limit", type=_limit, default=200, metavar="N", help="print at most N records (200); 0 prints all"
    )
    check = command("check", ("check", "check"), "check a store against the rules of a corpus", plain)
    check.add_argument("checked", nargs="?", type=Path, metavar="STORE")
    check.add_argument("--strict", action="store_true", help="let warnings too make the check fail")
    command("schema", ("check", "schema"), "print the JSON Schema of a store")
    for view in VIEWS.values():
        if view.name != "search":
            made = command(view.name, ("documents", "show_view"), view.description, plain)
            made.add_argument("words", nargs="*", metavar="SUBJECT")
    return parser


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError("a number is wanted, 0 for all")
    return int(text)
