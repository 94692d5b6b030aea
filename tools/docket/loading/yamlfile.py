"""One YAML file: from bytes to a document. Source of the limits: the rules F01 to F05."""

from collections.abc import Iterator
from typing import Any

import yaml

from docket.domain.nouns import Finding, Place
from docket.loading import decoding
from docket.loading.builder import Builder, Refused
from docket.loading.diagnosis import diagnose
from docket.loading.document import Document
from docket.loading.limits import limits_of


def read(path: str, content: bytes) -> Document:
    """The document in `content`. Never raises for what `content` holds."""
    if len(content) > limits_of(path).size:
        return unread(path, "large")
    text, findings = decoding.decode(path, content)
    if findings:
        return Document(path, findings=tuple(findings), broken=True)
    builder = Builder(path, text)
    try:
        builder.take(iter(yaml.CSafeLoader(text).get_event, None))
    except Refused:
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
