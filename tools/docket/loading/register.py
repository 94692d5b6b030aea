"""Whether a tree is a register of calls, its languages and its schemas."""

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from docket.domain.languages import PACKAGE, Language
from docket.domain.nouns import Organiser
from docket.domain.paths import ORGANISER, SCHEMA, text_path
from docket.loading import schemas, yamlfile
from docket.loading.packaged import schema_files
from docket.loading.trees import Unreadable
from docket.text import own
from docket.text.addresses import addresses
from docket.text.errors import CommandError
from docket.text.escape import show_path
from docket.text.terminology import VOCABULARIES, words

LANGUAGE, MOST = re.compile("[a-z]{2,3}"), 3
"""What a language's code is, and how many a register may have (schema/organiser.json)."""


class NoRegister(CommandError):
    """The tree is no register of calls: it has no schemas, or no organiser."""

    def __init__(self, root: str = ".") -> None:
        """Say which folder is none."""
        super().__init__("errors.no_register", name=show_path(root))


def load_schemas(tree: Mapping[str, bytes]) -> schemas.Schemas:
    """The schemas of `tree`, and the package's where it has none. Raises `NoRegister`."""
    languages = languages_of(tree)
    try:
        own = {
            path.removeprefix(SCHEMA): tree[path]
            for path in tree
            if path.startswith(SCHEMA) and path.endswith(".json")
        }
        shapes = schemas.load(schema_files() | own, languages)
    except (Unreadable, ValueError) as error:
        raise NoRegister from error
    if not {*VOCABULARIES} <= own.keys() or ORGANISER not in tree:
        raise NoRegister
    return shapes


def unread(tree: Mapping[str, bytes], shapes: schemas.Schemas) -> Organiser:
    """The organiser of `tree` before its own file is read: its words and its languages."""
    languages = languages_of(tree)
    own = words(shapes.by_name, languages)
    return Organiser(
        ZoneInfo("UTC"),
        "",
        words=own,
        languages=languages,
        addresses=addresses(languages[0], own[languages[0]]),
        has_zone=False,
        asked=shapes.asked,
    )


def languages_of(tree: Mapping[str, bytes]) -> tuple[Language, ...]:
    """The languages of the register in `tree`, each with its own sentences.

    Those of the package where it names none, or none that can be.
    """
    codes = _named(tree) or PACKAGE
    told = {code: own.told(code, _content(tree, text_path(code))) for code in codes}
    found = [Language(code, told[code].sentences) for code in codes]
    return tuple(
        Language(one, one.own, [*(other for other in found if other != one)]) for one in found
    )


def _named(tree: Mapping[str, bytes]) -> tuple[str, ...]:
    """The languages that the organiser's file names."""
    content = _content(tree, ORGANISER)
    if b"languages" not in content:  # so a register that does not is read once
        return ()
    data = yamlfile.read(ORGANISER, content).data
    named = data.get("languages") if isinstance(data, dict) else None
    codes = named if isinstance(named, list) else []
    is_right = all(isinstance(one, str) and LANGUAGE.fullmatch(one) for one in codes)
    return tuple(dict.fromkeys(codes)) if is_right and len(codes) <= MOST else ()


def _content(tree: Mapping[str, bytes], path: str) -> bytes:
    try:
        return tree[path]
    except (KeyError, Unreadable):
        return b""
