"""One YAML file: from bytes to plain data with the place of every value.

Built from libyaml's events, because tags, anchors and repeated keys are gone once
a document is composed. Source of the limits and refusals: the rules F01 to F05.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import yaml

from docket.domain.nouns import Finding, Place
from docket.loading import decoding, scalars
from docket.loading.diagnosis import diagnose
from docket.loading.document import Data, Document, Places, step
from docket.loading.limits import limits_of

DEPTH = 12
MOST = 100
"""So many findings of one file are told: a hostile one could make thousands."""


def read(path: str, content: bytes) -> Document:
    """The document in `content`. Never raises for what `content` holds."""
    if len(content) > limits_of(path).size:
        return unread(path, "large")
    text, findings = decoding.decode(path, content)
    if findings:
        return Document(path, findings=tuple(findings), broken=True)
    builder = _Builder(path, text)
    events = yaml.CSafeLoader(text)
    try:
        while events.check_event():
            builder.take(events.get_event())
    except _Refused:
        builder.broken = True
    except yaml.YAMLError as error:
        if not builder.cut:  # a comment that cuts a text may have cut a bracket with it
            builder.findings.append(diagnose(path, text, error, list(_tokens(text))))
        builder.broken = True
    return builder.document()


def unread(path: str, variant: str) -> Document:
    """What lies at `path` where it is no file of ours: why not (F01)."""
    facts = {"most": limits_of(path).size // 1024}
    return Document(path, findings=(Finding("F01", Place(path), variant, facts),), broken=True)


def _tokens(text: str) -> Iterator[Any]:
    """The tokens of `text`, as far as it has any."""
    try:
        yield from yaml.scan(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return


class _Refused(Exception):
    """The rest of the file is not worth reading."""


class _Builder:
    """Takes events one by one and keeps what they build."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.most = limits_of(path).values
        self.lines = decoding.lines(text)
        self.commented = {at for at, line in enumerate(self.lines) if "#" in line}
        self.data: Data = None
        self.marks: dict[str, Any] = {}
        self.places = Places(path, self.marks, lines=len(self.lines), last=len(self.lines[-1]))
        self.raw: dict[str, str] = {}
        self.findings: list[Finding] = []
        self.spoiled: set[str] = set()
        self.broken = False
        self.started = False
        self.cut = False
        self.end = 0
        # One entry a level: the collection, its pointer; the key that waits for a value, and its.
        self.stack: list[tuple[dict[str, Data] | list[Data], str, str | None, str]] = []

    def document(self) -> Document:
        if self.data is None and not self.broken:
            self.findings.append(Finding("F02", Place(self.path), "empty"))
            self.broken = True
        if self.broken:
            return Document(self.path, findings=tuple(self.findings), broken=True)
        return Document(
            self.path,
            data=self.data,
            places=self.places,
            raw=self.raw,
            findings=tuple(self.findings),
            spoiled=frozenset(self.spoiled),
            end=self.end,
        )

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML has no types for events
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            self._collection(event)
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            self.stack.pop()
            if not self.stack:
                self.end = event.start_mark.index if event.start_mark else 0
        elif kind is yaml.AliasEvent:
            pointer = self._add(None, event)
            self._note("F04", self._place(event, pointer), "alias")
            self.spoiled.add(pointer)
        elif kind is yaml.DocumentStartEvent:
            self._document(event)

    def _document(self, event: Any) -> None:  # noqa: ANN401
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
        self.stack.append((collection, self._add(collection, event), None, ""))

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor or event.tag:
            self._decorated(event)
        is_plain = not event.style  # libyaml says "", PyYAML says None
        text: str = event.value
        value: Data = text
        code, variant, bad = "F05", "", ""
        if is_plain:
            value, variant = scalars.resolve(text)
            is_commented = event.end_mark.line in self.commented
            if is_commented and not variant and scalars.is_cut(text, self._rest(event)):
                variant = "comment"
                self.cut = True
            elif text.strip(decoding.HARD) != text:
                code, variant = "F02", "space"
        elif event.style == '"' and (bad := decoding.first_bad(text)):  # only here by an escape
            code, variant = "F01", "control"
        if self._waits_for_key():
            if is_plain and text == "<<":
                self._refuse("F04", event, "merge")
            if not isinstance(value, str) and not variant:
                variant = "key"
            pointer = self._key(text, event)
        else:
            pointer = self._add(text if variant else value, event)
            self.raw.setdefault(pointer, text)
        if variant:
            facts = {"char": bad} if bad else {"found": text, "quoted": scalars.quote(text)}
            self._note(code, self._place(event, pointer), variant, facts)
            self.spoiled.add(pointer)

    def _key(self, text: str, event: Any) -> str:  # noqa: ANN401
        collection, above, _, _ = self.stack[-1]
        pointer = step(above, text)
        mark, name = event.start_mark, f"~key{pointer}"
        if self.marks.setdefault(name, mark) is not mark and above not in self.spoiled:
            here = self._place(event, pointer)
            self._note("F03", here, facts={"key": text}, also=(self.places[name],))
            self.spoiled.add(pointer)
        self.stack[-1] = (collection, above, text, pointer)
        return pointer

    def _add(self, value: Data, event: Any) -> str:  # noqa: ANN401
        """Put `value` where it belongs; answer its pointer."""
        pointer = ""
        if not self.stack:
            self.data = value
        else:
            collection, above, key, pointer = self.stack[-1]
            if isinstance(collection, list):
                pointer = step(above, len(collection))
                collection.append(value)
            elif key is None:
                self._refuse("F02", event, "key")
            else:
                collection.setdefault(key, value)
                self.stack[-1] = (collection, above, None, "")
        self.marks.setdefault(pointer, event.start_mark)
        if len(self.marks) > self.most:
            self._refuse("F04", event, "values", {"most": self.most})
        return pointer

    def _waits_for_key(self) -> bool:
        return (
            bool(self.stack) and isinstance(self.stack[-1][0], dict) and self.stack[-1][2] is None
        )

    def _place(self, event: Any, pointer: str = "") -> Place:  # noqa: ANN401
        return self.places.at(event.start_mark.line, event.start_mark.column, pointer)

    def _rest(self, event: Any) -> str:  # noqa: ANN401
        """What follows a plain value on its last line."""
        end = event.end_mark
        line: str = self.lines[end.line]
        return line[end.column :]

    def _note(
        self,
        code: str,
        place: Place,
        variant: str = "",
        facts: Mapping[str, object] | None = None,
        also: tuple[Place, ...] = (),
    ) -> None:
        if len(self.findings) == MOST:
            raise _Refused
        self.findings.append(Finding(code, place, variant, facts or {}, also))

    def _refuse(
        self,
        code: str,
        event: Any,  # noqa: ANN401
        variant: str,
        facts: Mapping[str, object] | None = None,
    ) -> NoReturn:
        self._note(code, self._place(event), variant, facts)
        raise _Refused
