"""What an answer is asked for: the fields of `schema/submission.json` by JSON Pointer.

Some are the package's, and a register may leave out all of them that no rule lives by; others are
its own. A value of a field of its own is text, a number, yes or no, or a list of words.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from docket.domain.languages import Texts


class Kind(StrEnum):
    """What a field holds, and so how it is filled in, checked and told."""

    LINE = "line"
    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"


KINDS: Mapping[str, Kind] = {
    "/municipality": Kind.LINE,
    "/areas": Kind.CHOICES,
    "/contact/name": Kind.LINE,
    "/contact/title": Kind.LINE,
    "/contact/email": Kind.EMAIL,
    "/contact/phone": Kind.PHONE,
    "/approval/status": Kind.CHOICE,
    "/approval/body": Kind.LINE,
    "/approval/date": Kind.DATE,
    "/approval/minutes": Kind.ADDRESS,
    "/motivation": Kind.TEXT,
    "/withdrawn/date": Kind.DATE,
    "/withdrawn/reason": Kind.LINE,
}
"""The package's own fields, in the order of the form."""
NEEDED = ("municipality", "areas", "contact", "withdrawn")
"""What rules live by: no register is without."""
MOTIVATION = "/motivation"
SEALED = "/contact/sealed"
"""What stands for the contact's fields once they are sealed; nobody types it."""
PUBLIC = ("/municipality", "/areas", "/approval/", MOTIVATION, "/withdrawn/date")
"""What the site shows of the package's own fields: these, and what lies under them."""
Value = str | int | float | tuple[str, ...]
"""What somebody answered to a field of the register's own; yes and no are True and False."""
Answers = tuple[tuple[str, Value], ...]
"""Each field's key and value, in the order of the form."""


class OwnField(NamedTuple):
    """A field that a register has added; `choices` are words and their names.

    `called` has each word by all that it is called, folded. `published`: the site and the data
    show what was answered.
    """

    key: str
    kind: Kind
    label: Texts
    help: Texts
    choices: tuple[tuple[str, Texts], ...] = ()
    called: Mapping[str, str] = {}
    required: bool = False
    published: bool = True
    integer: bool = False

    @property
    def pointer(self) -> str:
        """Where it stands in a file."""
        return f"/{self.key}"


class Asked(NamedTuple):
    """The package's fields that a register has, by pointer, and its `own`, both in their order.

    `labels` is what the package's are called, by key.
    """

    given: tuple[str, ...] = tuple(KINDS)
    own: tuple[OwnField, ...] = ()
    labels: Mapping[str, Texts] = {}

    @property
    def pointers(self) -> tuple[str, ...]:
        """All fields in the order of the form: a withdrawal comes last."""
        last = tuple(one for one in self.given if one.startswith("/withdrawn/"))
        first = tuple(one for one in self.given if one not in last)
        return (*first, *(one.pointer for one in self.own), *last)

    @property
    def by_pointer(self) -> Mapping[str, OwnField]:
        """The register's own."""
        return {one.pointer: one for one in self.own}

    @property
    def approval(self) -> bool:
        """Whether the council is asked."""
        return "/approval/status" in self.given

    @property
    def motivation(self) -> bool:
        """Whether it is asked why."""
        return MOTIVATION in self.given

    @property
    def as_given(self) -> bool:
        """Whether it is what the package comes with, and nothing else."""
        return self.given == tuple(KINDS) and not self.own

    @property
    def published(self) -> tuple[OwnField, ...]:
        """Those of its own that everybody may see the answers to."""
        return tuple(one for one in self.own if one.published)

    def kind(self, pointer: str) -> Kind:
        """What the field at a pointer holds, or the list that it is in."""
        own = self.by_pointer.get(self.field(pointer))
        return own.kind if own else KINDS.get(pointer, Kind.LINE)

    def field(self, pointer: str) -> str:
        """The pointer of the field that a pointer leads to or into: /areas/0 is in /areas."""
        above = f"/{pointer.split('/')[1]}" if pointer else ""
        return above if above == "/areas" or above in self.by_pointer else pointer

    def is_public(self, pointer: str) -> bool:
        """Whether the site shows what stands at a pointer."""
        own = self.by_pointer.get(self.field(pointer))
        return own.published if own else pointer.startswith(PUBLIC)

    def shown(self, answers: Answers, *, private: bool) -> tuple[tuple[OwnField, Value], ...]:
        """The fields of its own that were answered; only the published ones unless `private`."""
        values = dict(answers)
        fields: Iterable[OwnField] = self.own if private else self.published
        return tuple((one, values[one.key]) for one in fields if one.key in values)


AS_GIVEN = Asked()
"""What the package comes with."""
