"""A Textual application with nothing but a tree, the baseline of the cursor benchmark.

Its one argument is a JSON file with a list of branches, each a heading and the labels under it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import Tree

Branches = list[tuple[str, list[str]]]


class BareTree(App[None]):
    """Application with one fully expanded tree."""

    def __init__(self, branches: Branches) -> None:
        super().__init__()
        self._branches = branches

    def compose(self) -> ComposeResult:
        """Yield the tree."""
        tree: Tree[Any] = Tree("")
        tree.show_root = False
        for heading, labels in self._branches:
            branch = tree.root.add(heading, expand=True)
            for label in labels:
                branch.add_leaf(label)
        tree.root.expand()
        yield tree


if __name__ == "__main__":
    BareTree(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).run()
