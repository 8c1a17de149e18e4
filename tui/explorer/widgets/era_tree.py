"""The tree of agreements, shelved by era or otherwise; branches are filled when they are first opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, TypeAlias

from rich.style import Style
from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tui.catalogue.catalogue import Division, Leaf
from tui.explorer import render
from tui.explorer.actions import bindings


class Branch(NamedTuple):
    """What a branch stands for: a division, or one year of it (`year` is "every" for the whole)."""

    division: str
    year: int | str | None = "every"
    background: bool = False


Entry: TypeAlias = "Branch | Leaf"
MANY = 200
"""A division with more agreements than this is divided by year."""


class EraTree(Tree[Entry]):
    """Moving the cursor over a leaf posts `Reached`, choosing one posts `Chosen`; a branch asks with `Wanted`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("movement", "tree")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tree--quiet"}
    ICON_NODE = "+ "
    ICON_NODE_EXPANDED = "- "

    @dataclass
    class Reached(Message):
        """The cursor stands on an agreement."""

        leaf: Leaf

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, EraTree.Reached)

    @dataclass
    class Chosen(Message):
        """An agreement was chosen."""

        leaf: Leaf

    @dataclass
    class Wanted(Message):
        """A branch was opened for the first time and wants its entries."""

        node: TreeNode[Entry]
        branch: Branch

    def __init__(self, *, id: str) -> None:
        self._quiet: Style | None = None
        super().__init__("", id=id)
        self.show_root = False
        self.guide_depth = 2
        self.show_guides = False
        self.auto_expand = False
        self._leaves: dict[str, list[TreeNode[Entry]]] = {}

    def notify_style_update(self) -> None:
        """Forget the quieter colour; the theme has changed."""
        super().notify_style_update()
        self._quiet = None

    def shelve(self, divisions: Sequence[Division]) -> None:
        """Begin anew with these divisions, all folded and empty."""
        self.clear()
        self._leaves = {}
        for division in divisions:
            label = render.tree_division(division)
            if division.background:
                label.stylize("dim")
            self.root.add(label, Branch(division.key, background=division.background), allow_expand=division.size > 0)
        self.cursor_line = 0

    def branches(self) -> list[TreeNode[Entry]]:
        """The divisions' nodes, in order."""
        return list(self.root.children)

    def fill_years(self, node: TreeNode[Entry], years: Sequence[tuple[int | None, int]]) -> None:
        """Give a division its years."""
        if isinstance(node.data, Branch) and not node.children:
            for year, size in years:
                node.add(render.tree_year(year, size), Branch(node.data.division, year))

    def fill(self, node: TreeNode[Entry], leaves: Sequence[Leaf]) -> None:
        """Give a branch its agreements."""
        if node.children:
            return
        for leaf in leaves:
            self._leaves.setdefault(leaf.id, []).append(node.add_leaf(render.tree_leaf(leaf), leaf))

    def place_on(self, id: str, division: str | None = None) -> bool:
        """Put the cursor on an agreement whose branch is filled, in this division where it stands in several."""
        nodes = self._leaves.get(id, [])
        nodes = [node for node in nodes if self.division_of(node) == division] or nodes
        if not nodes:
            return False
        if self.cursor_node not in nodes:
            self.call_after_refresh(self._move_silently, nodes[0])  # a new node has no line before that
        return True

    def _move_silently(self, node: TreeNode[Entry]) -> None:
        """Move the cursor where the screen already is; to post `Reached` would send it back there, late."""
        with self.prevent(Tree.NodeHighlighted):
            self.move_cursor(node)

    def render_label(self, node: TreeNode[Entry], base_style: Style, style: Style) -> Text:
        """The label with the year, or the number of a branch, in the quieter colour; not under the cursor."""
        text = super().render_label(node, base_style, style)
        dimmed = isinstance(node.data, Branch) and node.data.background
        if (
            style and node is not self.cursor_node and not dimmed
        ):  # Tree also asks for labels without style, to measure them
            start, end = render.quiet_part(text.plain, isinstance(node.data, Leaf))
            if self._quiet is None:  # blended: the style sheet gives a share
                self._quiet = Style(color=self.get_component_rich_style("tree--quiet").color)
            text.stylize(self._quiet, start, end)
        return text

    def division_of(self, node: TreeNode[Entry] | None) -> str | None:
        """The division in which a node stands."""
        while node is not None and not isinstance(node.data, Branch):
            node = node.parent
        return node.data.division if node is not None and isinstance(node.data, Branch) else None

    @property
    def cursor_division(self) -> str | None:
        """The division in which the cursor stands."""
        return self.division_of(self.cursor_node)

    @on(Tree.NodeHighlighted)
    def _reach(self, event: Tree.NodeHighlighted[Entry]) -> None:
        event.stop()
        if isinstance(event.node.data, Leaf):
            self.post_message(self.Reached(event.node.data))

    @on(Tree.NodeSelected)
    def _choose(self, event: Tree.NodeSelected[Entry]) -> None:
        event.stop()
        if isinstance(event.node.data, Leaf):
            self.post_message(self.Chosen(event.node.data))
        else:
            event.node.toggle()

    @on(Tree.NodeExpanded)
    def _want(self, event: Tree.NodeExpanded[Entry]) -> None:
        event.stop()
        if isinstance(event.node.data, Branch) and not event.node.children:
            self.post_message(self.Wanted(event.node, event.node.data))

    # -- actions (bindings come from the one list of actions)

    def action_up(self) -> None:
        """One line up."""
        self.action_cursor_up()

    def action_down(self) -> None:
        """One line down."""
        self.action_cursor_down()

    def action_top(self) -> None:
        """To the beginning."""
        self.cursor_line = 0

    def action_bottom(self) -> None:
        """To the end."""
        self.cursor_line = self.last_line

    def action_unfold(self) -> None:
        """Unfold the branch; on an unfolded one go in; on an agreement, open it."""
        node = self.cursor_node
        if node is None:
            return
        if not node.allow_expand:
            self.action_select_cursor()
        elif node.is_collapsed:
            node.expand()
        elif node.children:
            self.action_cursor_down()

    def action_fold(self) -> None:
        """Fold the branch; from an agreement or a folded branch, go to the branch it is in."""
        node = self.cursor_node
        if node is None:
            return
        if node.allow_expand and node.is_expanded:
            node.collapse()
        else:
            self.action_cursor_parent()
