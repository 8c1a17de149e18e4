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
OWN_COMMANDS = {
    EXPLORE: (("explore", "explore_command"), "open the explorer, at an address where one is named"),
    "show": (("documents", "show"), "print what is at an address"),
    "list": (("documents", "list_agreements"), "list the records, or those a query finds"),
    "search": (("search", "search"), "search the full text; every word must match"),
    "check": (("check", "check"), "check a store against the rules of a corpus"),
    "schema": (("check", "schema"), "print the JSON Schema of a store"),
}
"""Module of tui.cli, its function and a description, of each command that is more than a view."""
COMMANDS = (*OWN_COMMANDS, *(name for name in VIEWS if name not in OWN_COMMANDS))
"""All commands: every view is one."""

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
    options, more = _parser(arguments[0]).parse_known_args(arguments)
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


def _parser(command: str) -> ArgumentParser:
    """Return the parser of a command; for any other word, that of all, which is several times slower to make."""
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
    for name in (command,) if command in COMMANDS else COMMANDS:
        run, words = OWN_COMMANDS.get(name) or (("documents", "show_view"), VIEWS[name].description)
        made = commands.add_parser(
            name,
            help=words,
            description=words[0].upper() + words[1:] + ".",
            parents=[common] if name in (EXPLORE, "schema") else [common, plain],
        )
        made.set_defaults(run=run, command=name)
        _add_arguments(made, name)
    return parser


def _add_arguments(parser: ArgumentParser, command: str) -> None:
    """Add the arguments that a command alone has."""
    if command == EXPLORE:
        parser.add_argument("address", nargs="?", default="", metavar="ADDRESS")
        parser.add_argument("--last", action="store_true", help="open where you stopped")
        parser.add_argument("--theme", metavar="NAME", default="", help="open in a theme, and keep it")
        parser.add_argument("--quiet", action="store_true", help="do not say how to come back")
    elif command == "show":
        parser.add_argument("address", nargs="+", metavar="ADDRESS", help="an address, or a title")
    elif command == "list":
        parser.add_argument("words", nargs="*", metavar="QUERY")
        parser.add_argument("--ids", action="store_true", help="print the ids alone")
        parser.add_argument("--format", choices=("text", "tsv"), default="text", help="tsv: id, date, kind, era, title")
    elif command == "search":
        parser.add_argument("words", nargs="*", metavar="WORDS")
        parser.add_argument(
            "--limit", type=_limit, default=200, metavar="N", help="print at most N records (200); 0 prints all"
        )
    elif command == "check":
        parser.add_argument("checked", nargs="?", type=Path, metavar="STORE")
        parser.add_argument("--strict", action="store_true", help="let warnings too make the check fail")
    elif command in VIEWS:
        parser.add_argument("words", nargs="*", metavar="SUBJECT")


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError("a number is wanted, 0 for all")
    return int(text)
