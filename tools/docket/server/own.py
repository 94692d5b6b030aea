"""A sender's own answer, as `/mit-svar/` shows it to whoever holds its private link."""

from dataclasses import dataclass
from pathlib import Path

from docket.acts.compose import address
from docket.acts.senders import TOKEN
from docket.acts.standing import Stand, Standing
from docket.acts.submit import SentFile, sent_file
from docket.domain.asked import SEALED
from docket.domain.instants import day_of
from docket.form import answers
from docket.server.noscript import within
from docket.site.pages.form import Setting
from docket.site.pages.own import Own

OPEN, CLOSE = "<!-- docket:own -->", "<!-- /docket:own -->"
REASON = "/withdrawn/reason"
EMAIL = "/contact/email"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The built page in a language, whose part of the built site lies in `folder`.

    `base` is that part's address at the desk, without a stroke at its end. `bare`: only the
    part between its marks is asked for, by the page's script. `name`: the folder of the page,
    `own` that of the private link.
    """

    folder: Path
    lang: str
    base: str
    bare: bool = False
    name: str = "mit-svar"
    own: str = "mit-svar"

    @property
    def path(self) -> Path:
        """Where the page lies."""
        return self.folder / self.name / "index.html"

    def filled(self, part: str) -> str | None:
        """The page with `part` between its marks; None where it is not built."""
        return part if self.bare else within(self.path, (OPEN, CLOSE), part)

    def link(self, token: str) -> str:
        """The private link."""
        return f"{self.base}/{self.own}/#{token}" if token else ""


def token_in(typed: str) -> str:
    """The token of a link, or of what stands in its place; "" where it can be none."""
    text = typed.strip().rpartition("#")[2].strip()
    return text if TOKEN.match(text) else ""


def tells(page: OwnPage, found: Standing, token: str, *, mails: bool) -> Own:
    """What the page tells of an answer. `token` is "" where the link is not told.

    `mails`: the desk sends e-mails.
    """
    sender, last = found.sender, found.sender.last
    return Own(
        round=sender.round,
        slug=sender.slug,
        stand=found.stand,
        received=last.entry.received,
        reference=last.entry.reference,
        values=found.values,
        content=None if found.content is None else found.content.decode("utf-8", "replace"),
        blob=last.kept.blob if last.kept else "",
        receipt=found.receipt if token else "",
        token=token,
        link=page.link(token),
        rival=sender.is_rival and found.stand is Stand.WAITING,
        mail=_mail(found, mails=mails) if token else "",
        earlier=[(one.entry.reference, one.entry.received) for one in sender.sent[:-1]],
    )


def _mail(found: Standing, *, mails: bool) -> str:
    """What is mailed to the contact, as a word of `own.mail`."""
    if found.confirmed:
        return "confirmed"
    if found.content is None:
        return ""
    if SEALED in found.values and mails:
        return "sealed"
    return "sent" if mails and address("", found.values.get(EMAIL, "")) else "none"


def withdrawal(setting: Setting, found: Standing, reason: str) -> SentFile:
    """The answer, withdrawn as of today."""
    docket, sender = setting.docket, found.sender
    values = {
        **found.values,
        "/withdrawn/date": day_of(docket.now, docket.organiser.zone).isoformat(),
        REASON: answers.Typing.of(docket, "").clean(REASON, reason),
    }
    told = {pointer: text for pointer, text in values.items() if text}
    return sent_file(
        sender.round, answers.write(docket.organiser.asked, told).encode(), sender.link
    )
