"""Whether a tree is a register of calls, and its schemas."""

from collections.abc import Mapping

from docket.domain.paths import ORGANISER, SCHEMA
from docket.loading import schemas
from docket.loading.packaged import schema_files
from docket.loading.trees import Unreadable
from docket.text.errors import CommandError
from docket.text.escape import show_path
from docket.text.terminology import VOCABULARIES


class NoRegister(CommandError):
    """The tree is no register of calls: it has no schemas, or no organiser."""

    def __init__(self, root: str = ".") -> None:
        """Say which folder is none."""
        super().__init__("errors.no_register", name=show_path(root))


def load_schemas(tree: Mapping[str, bytes]) -> schemas.Schemas:
    """The schemas of `tree`, and the package's where it has none. Raises `NoRegister`."""
    try:
        own = {
            path.removeprefix(SCHEMA): tree[path]
            for path in tree
            if path.startswith(SCHEMA) and path.endswith(".json")
        }
        shapes = schemas.load(schema_files() | own)
    except (Unreadable, ValueError) as error:
        raise NoRegister from error
    if not {*VOCABULARIES} <= own.keys() or ORGANISER not in tree:
        raise NoRegister
    return shapes
