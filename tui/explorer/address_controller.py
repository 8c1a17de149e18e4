"""Controller of the address on show: opens addresses, follows links, and prompts for the subject of a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui import address
from tui.address import Address
from tui.corpus import safe
from tui.explorer.navigator import Navigator
from tui.explorer.notices import Notices
from tui.explorer.presenter import DocumentPresenter
from tui.pages import views
from tui.pages.resources import Context, NotFound, Resources, UsageError

if TYPE_CHECKING:
    from tui.pages.views import View


class AddressController:
    """Opens addresses for the main screen. `focus_document` is called after an address has been opened."""

    def __init__(
        self,
        screen: Screen[Any],
        presenter: DocumentPresenter,
        navigator: Navigator,
        notices: Notices,
        focus_document: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._presenter = presenter
        self._navigator = navigator
        self._notices = notices
        self._focus_document = focus_document

    @property
    def resources(self) -> Resources:
        """Resources of the views, for this thread."""
        return self._presenter.resources

    def show(self, target: Address) -> None:
        """Show an address, and the notice about it, if there is one."""
        self._presenter.notice = ""
        self._navigator.go(target)
        self.show_notice()

    def show_notice(self) -> None:
        """Show the notice about the last address, if there is one."""
        if self._presenter.notice:
            self._notices.show(self._presenter.notice)

    def open(self, target: Address) -> None:
        """Show an address and give its document the focus."""
        self.show(target)
        self._focus_document()

    def follow(self, target: str) -> None:
        """Open the target of a link. A web address is opened in the browser, after a question."""
        if not target.startswith(("https://", "http://")):
            try:
                self.open(address.parse(target))
            except address.AddressError as error:
                self._notices.show(f"“{safe.quoted(target)}” is not an address: {error}.")
            return
        from tui.explorer.screens.question import QuestionModal

        app = self._screen.app
        question = QuestionModal("Open this address in your browser?", target)
        app.push_screen(question, lambda is_yes: app.open_url(target) if is_yes else None)

    def open_modal(self, target: Address, **changes: object) -> None:
        """Show the page at an address in a modal, its data with these changes. The history does not change."""
        from tui.explorer.screens.modal import PageModal

        data: Any = views.load(self.resources, target)
        data = replace(data, **changes) if changes else data
        self._screen.app.push_screen(PageModal(views.compose(target, data, self._screen.size.width)))

    def ask_for(self, view: View) -> None:
        """Prompt for the subject of a view and open the address of the answer."""
        from tui.explorer.screens.prompt import PromptModal

        context = Context(self._presenter.address, self.resources.today)
        modal = PromptModal(view.prompt, lambda text: view.module.parse(text, context))
        self._screen.app.push_screen(modal, lambda target: self.open(target) if target else None)

    def can_show(self, target: Address) -> bool:
        """Return whether an address can be shown; without looking at what a view with a prompt would find."""
        if target.view == address.AGREEMENT and target.subject:
            return self.resources.reader.summary(target.subject[0]) is not None
        try:
            if views.find(target.view).prompt:
                return True
            return not isinstance(views.load(self.resources, target), NotFound)
        except UsageError:
            return False
