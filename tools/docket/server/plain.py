"""What the desk answers with a page: the form without a script, and a sender's own answer.

A token comes in the body of a POST, never in an address that a server or a proxy would log. One
that nobody knows gets the question again: nothing tells whether there is an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from docket.acts import submit
from docket.acts.deskwork import Receipt
from docket.acts.senders import OtherAnswer, link_of, new_token, sure
from docket.acts.standing import Standing
from docket.form import answers
from docket.rules.review import Review
from docket.server import noscript
from docket.server.desk import FORM, Desk, setting_of
from docket.server.noscript import FormPage
from docket.server.own import REASON, OwnPage, tells, token_in, withdrawal
from docket.server.replies import Page, Refused, Request, Why
from docket.site.pages import confirm as confirmpages
from docket.site.pages import form as formpages
from docket.site.pages import own as ownpages
from docket.site.pages.form import Filled, Setting
from docket.site.pages.own import Step
from docket.text.catalogue import say

Fields = tuple[Mapping[str, str], Sequence[str]]
"""What was filled in by name, and the areas."""


@dataclass
class Plain:
    """A browser's request, answered with a page by a desk."""

    desk: Desk
    request: Request
    page: OwnPage

    @cached_property
    def now(self) -> datetime:
        """When it came."""
        return self.request.arrived or self.desk.clock.now()

    @cached_property
    def setting(self) -> Setting:
        """The register as it stands."""
        return setting_of(self.desk.turns.base(self.now))

    def form(self, page: FormPage, fields: Callable[[], Fields]) -> Page:
        """Answer a form: once more with what is wrong, filled in to be changed, or its receipt.

        Raises `Refused`.
        """
        self.desk.admit(self.request, FORM)
        if page.round not in self.setting.docket.rounds:
            raise Refused(Why.ROUND)
        sent, areas = fields()
        if sent.get("do") == "change":
            return self._change(page, sent.get("token", ""))
        return self._send(page, noscript.values(self.setting.docket, sent, areas, page.lang), sent)

    def own(self, fields: Callable[[], Mapping[str, str]]) -> Page:
        """Answer whoever comes with a private link: where it stands, or its withdrawal.

        Raises `Refused`.
        """
        self.desk.admit(self.request, FORM)
        sent = fields()
        self.page = replace(self.page, bare=sent.get("part") == "1")
        found, token = self._look(sent.get("token", ""))
        if found is None:
            return self._ask(sent.get("token", ""))
        open_ = bool(found.values) and not found.withdrawn
        if open_ and sent.get("do") == "withdraw":
            return self._page(200, self._shown(found, token, step=Step.WITHDRAW))
        if open_ and sent.get("do") == "withdrawn":
            reason = sent.get("reason", "")
            taken = self.desk.keep(self.request, withdrawal(self.setting, found, reason))[1]
            if isinstance(taken, Review):
                return self._page(422, self._wrong(found, token, taken, reason))
            found = self._look(token)[0] or found
        return self._page(200, self._shown(found, token))

    def confirm(self, fields: Callable[[], Mapping[str, str]]) -> Page:
        """Answer who pressed the button of a mailed receipt; once more, it says the same.

        Raises `Refused`.
        """
        self.desk.admit(self.request, FORM)
        typed = fields().get("token", "")
        token = token_in(typed)
        found = self.desk.confirm(self.request, token) if token else None
        if found is None or found.round not in self.setting.docket.rounds:
            key = "unknown" if typed.strip() else "empty"
            error = say(f"own.confirm.{key}", self.page.lang, self.setting.docket.organiser)
            part = confirmpages.again(self.setting, self.page.lang, typed, error)
            return self._page(404 if typed.strip() else 422, part)
        whose, told = (found.round, found.municipality), (found.received, found.reference)
        return self._page(200, confirmpages.done(self.setting, self.page.lang, whose, told))

    def _send(self, page: FormPage, values: answers.Values, sent: Mapping[str, str]) -> Page:
        typed = sent.get("token", "")
        token = token_in(typed) if typed else new_token()
        content = answers.write(self.setting.schemas.asked, values).encode()
        try:
            file = submit.sent_file(page.round, content, link_of(sure(token)))
            base, answer = self.desk.keep(self.request, file)
        except OtherAnswer:
            return self._form(422, page, Filled(values, self._unknown))
        if not isinstance(answer, Receipt):
            wrong = formpages.wrong(setting_of(base), answer.findings, page.lang)
            return self._form(422, page, Filled(values, wrong, typed))
        found = self.desk.turns.received(answer.reference, self.now)
        part = self._shown(found, token if answer.link == file.link else "", depth=2)
        return _page(201, page.filled(part))

    def _change(self, page: FormPage, typed: str) -> Page:
        """The form with the answer of a private link; empty where the link is of none."""
        found, token = self._look(typed)
        if found is None or found.sender.round != page.round:
            return self._form(404, page, Filled({}, self._unknown))
        return self._form(200, page, Filled(found.values, {}, token))

    @property
    def _unknown(self) -> Mapping[str, str]:
        return {"": say("own.ask.unknown", self.page.lang, self.setting.docket.organiser)}

    def _look(self, typed: str) -> tuple[Standing | None, str]:
        token = token_in(typed)
        return (self.desk.turns.look(link_of(token), self.now) if token else None), token

    def _ask(self, typed: str) -> Page:
        key = "unknown" if typed.strip() else "empty"
        error = say(f"own.ask.{key}", self.page.lang, self.setting.docket.organiser)
        part = ownpages.asking(self.setting, self.page.lang, typed, error)
        return self._page(404 if typed.strip() else 422, part)

    def _shown(self, found: Standing, token: str, depth: int = 1, step: Step = Step.SHOW) -> str:
        own = tells(self.page, found, token, mails=self.desk.mails)
        return ownpages.shown(self.setting, own, self.page.lang, depth, step)

    def _wrong(self, found: Standing, token: str, review: Review, reason: str) -> str:
        own = tells(self.page, found, token, mails=self.desk.mails)
        wrong = formpages.wrong(self.setting, review.findings, self.page.lang)
        again = replace(own, values={**own.values, REASON: reason}, errors=wrong)
        return ownpages.shown(self.setting, again, self.page.lang, 1, Step.WITHDRAW)

    def _form(self, status: int, page: FormPage, filled: Filled) -> Page:
        return _page(status, noscript.answer(page, self.setting, filled))

    def _page(self, status: int, part: str) -> Page:
        return _page(status, self.page.filled(part))


def _page(status: int, html: str | None) -> Page:
    if html is None:
        raise Refused(Why.PAGE)
    return Page(status, html)
