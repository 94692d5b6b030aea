"""From libyaml's events to plain data, and what was seen where.

Events, because tags, anchors and repeated keys are gone once a document is composed. Source of the
refusals: the rules F02 to F05.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, NoReturn

import yaml

from docket.domain.nouns import Finding, Place
from docket.loading import decoding, scalars
from docket.loading.document import Document
from docket.loading.limits import limits_of
from docket.loading.marks import Data, Mark, Places, step

Collection = dict[str, Data] | list[Data]
ALIAS = False
"""What was seen, where it is none of what we take."""
DEPTH = 12
MOST = 100
"""So many findings of one file are told: a hostile one could make thousands."""


class Refused(Exception):
    """The rest of the file is not worth reading."""


class Builder:
    """Takes events one by one and keeps what they build."""

    def __init__(self, path: str, text: str) -> None:
        """Nothing is taken yet of the `text` of the file at `path`."""
        self.path = path
        self.lines = decoding.lines(text) if "#" in text else []
        self.most = limits_of(path).values
        self.data: Data = None
        self.seen: list[Data] = []
        self.marks: list[Mark] = []
        self.ended = 0
        self.places = Places(path, text, self.seen, self.marks)
        self.findings: list[Finding] = []
        self.spoiled: set[str] = set()
        self.broken = False
        self.started = False
        self.cut = False
        self.end = 0
        # The innermost list or mapping, the marks of its keys, the key that waits for a value; and
        # those around it, the outermost in nothing.
        self.top: Collection = []
        self.keys: dict[str, Any] = {}
        self.key: str | None = None
        self.stack: list[tuple[Collection, dict[str, Any], str | None]] = []

    def document(self) -> Document:
        """What was built, once all is taken or the rest is refused."""
        if self.data is None and not self.broken:
            self.findings.append(Finding("F02", Place(self.path), "empty"))
            self.broken = True
        if self.broken:
            return Document(self.path, findings=tuple(self.findings), broken=True)
        return Document(
            self.path,
            data=self.data,
            places=self.places,
            findings=tuple(self.findings),
            spoiled=frozenset(self.spoiled),
            end=self.end,
        )

    def take(self, events: Iterable[Any]) -> None:
        """Go on by these. Raises `Refused`."""
        for event in events:
            if do := self._takes.get(type(event)):
                do(self, event)

    def _alias(self, event: Any) -> None:  # noqa: ANN401 - PyYAML has no types for events
        pointer = self._pointer()
        self._add(None, ALIAS, event)
        self._note("F04", self._place(event, pointer), "alias")
        self.spoiled.add(pointer)

    def _begins(self, event: Any) -> None:  # noqa: ANN401
        if self.started:
            self._refuse("F04", event, "document")
        if event.version or event.tags:
            self._refuse("F04", event, "directive")
        self.started = True

    def _decorated(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor:
            self._note("F04", self._place(event), "anchor")
        if event.tag:
            self._note("F04", self._place(event), "tag")

    def _collection(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor or event.tag:
            self._decorated(event)
        if len(self.stack) >= DEPTH:
            self._refuse("F04", event, "depth")
        if self._waits_for_key():
            self._refuse("F02", event, "key")
        collection: Data = {} if isinstance(event, yaml.MappingStartEvent) else []
        key = self.key
        self._add(collection, collection, event)
        self.stack.append((self.top, self.keys, key))
        self.top, self.keys = collection, {}

    def _ends(self, event: Any) -> None:  # noqa: ANN401
        self.seen.append(None)
        self.marks.append(None)
        self.ended += 1
        self.top, self.keys, _ = self.stack.pop()
        if not self.stack:
            self.end = event.start_mark.index if event.start_mark else 0

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor or event.tag:
            self._decorated(event)
        is_plain = not event.style  # libyaml says "", PyYAML says None
        text: str = event.value
        value: Data = text
        code, variant, bad = "F05", "", ""
        if is_plain:
            value, variant = scalars.resolve(text)
            if self.lines and not variant and scalars.is_cut(text, self._rest(event)):
                variant = "comment"
                self.cut = True
            elif decoding.HARD in text and text.strip(decoding.HARD) != text:
                code, variant = "F02", "space"
        elif event.style == '"' and (bad := decoding.first_bad(text)):  # only here by an escape
            code, variant = "F01", "control"
        if self._waits_for_key():
            if is_plain and text == "<<":
                self._refuse("F04", event, "merge")
            if not isinstance(value, str) and not variant:
                variant = "key"
            self._key(text, event)
            pointer = self._pointer() if variant else ""
        else:
            pointer = self._pointer() if variant else ""
            self._add(text if variant else value, text, event)
        if variant:
            facts = {"char": bad} if bad else {"found": text, "quoted": scalars.quote(text)}
            self._note(code, self._place(event, pointer), variant, facts)
            self.spoiled.add(pointer)

    def _key(self, text: str, event: Any) -> None:  # noqa: ANN401
        mark = event.start_mark
        first = self.keys.setdefault(text, mark)
        self.seen.append(text)
        self.marks.append(mark)
        if first is mark:
            self.key = text
            return
        above = self._pointer()
        self.key = text
        if above not in self.spoiled:
            pointer = self._pointer()
            also = (self.places.at(first.line, first.column, pointer),)
            self._note("F03", self._place(event, pointer), facts={"key": text}, also=also)
            self.spoiled.add(pointer)

    def _add(self, value: Data, what: Data, event: Any) -> None:  # noqa: ANN401
        """Put `value` where it belongs; `what` was seen of it."""
        if not self.stack:
            self.data = value
        elif isinstance(self.top, list):
            self.top.append(value)
        elif self.key is None:
            self._refuse("F02", event, "key")
        else:
            self.top.setdefault(self.key, value)
            self.key = None
        self.seen.append(what)
        self.marks.append(event.start_mark)
        if len(self.seen) - self.ended > self.most:
            self._refuse("F04", event, "values", {"most": self.most})

    def _waits_for_key(self) -> bool:
        return self.key is None and isinstance(self.top, dict)

    def _pointer(self) -> str:
        """Of what comes next; of a mapping that waits for a key, its own."""
        pointer = ""
        for above, _, key in self.stack[1:]:
            pointer = step(pointer, len(above) - 1 if key is None else key)
        if self.key is not None:
            return step(pointer, self.key)
        is_item = self.stack and isinstance(self.top, list)
        return step(pointer, len(self.top)) if is_item else pointer

    def _place(self, event: Any, pointer: str = "") -> Place:  # noqa: ANN401
        return self.places.at(event.start_mark.line, event.start_mark.column, pointer)

    def _rest(self, event: Any) -> str:  # noqa: ANN401
        """What follows a plain value on its last line, which libyaml may set below all."""
        end = event.end_mark
        return "".join(self.lines[end.line : end.line + 1])[end.column :]

    def _note(
        self,
        code: str,
        place: Place,
        variant: str = "",
        facts: Mapping[str, object] | None = None,
        also: tuple[Place, ...] = (),
    ) -> None:
        if len(self.findings) == MOST:
            raise Refused
        self.findings.append(Finding(code, place, variant, facts or {}, also))

    def _refuse(
        self,
        code: str,
        event: Any,  # noqa: ANN401
        variant: str,
        facts: Mapping[str, object] | None = None,
    ) -> NoReturn:
        self._note(code, self._place(event), variant, facts)
        raise Refused

    _takes: ClassVar[Mapping[type, Callable[["Builder", Any], None]]] = {
        yaml.DocumentStartEvent: _begins,
        yaml.MappingStartEvent: _collection,
        yaml.SequenceStartEvent: _collection,
        yaml.MappingEndEvent: _ends,
        yaml.SequenceEndEvent: _ends,
        yaml.ScalarEvent: _scalar,
        yaml.AliasEvent: _alias,
    }
    """What is done with each kind of event; with all others nothing."""
