"""A bare Textual tree over an outline (a JSON file, the one argument): what a cursor costs without a document."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import Tree

TreeModel = list[tuple[str, list[str]]]


class BareTree(App[None]):
    """Nothing but a tree, unfolded."""

    def __init__(self, outline: TreeModel) -> None:
        super().__init__()
        self._model = outline

    def compose(self) -> ComposeResult:
        """The tree."""
        tree: Tree[Any] = Tree("")
        tree.show_root = False
        for heading, labels in self._model:
            branch = tree.root.add(heading, expand=True)
            for label in labels:
                branch.add_leaf(label)
        tree.root.expand()
        yield tree


if __name__ == "__main__":
    BareTree(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).run()
