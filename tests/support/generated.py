"""The generated pages of a register: of the same register at the same time they are made once."""

from collections.abc import Hashable, Mapping
from pathlib import Path

from docket.git.entries import Head
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.site.generated import pages
from docket.site.pages.form import Setting
from support.worlds import AT, docket_of, git

HEAD = Head("0" * 40, changed=False)
_MADE: dict[Hashable, Mapping[str, str]] = {}


def generated(root: Path, at: str = AT) -> Mapping[str, str]:
    """Path to text of the pages of the register in `root`, as they are without a desk."""
    tree = Folder(root)
    key = (frozenset((path, tree[path]) for path in tree), git(root, "show-ref", "--head"), at)
    if key not in _MADE:
        docket = docket_of(root, at)
        _MADE[key] = pages(Setting(docket, load_schemas(tree)), check(docket), HEAD)
    return _MADE[key]
