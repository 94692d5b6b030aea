"""A register full of life, in which all is invented.

One round is open, one closed and one decided; `docket -C FOLDER serve --at 2031-03-01` shows them.
"""

import random
import sys
from datetime import datetime
from pathlib import Path

from support.built import copy
from support.crowd import WINTER, crowd, names
from support.worlds import BASE, commit


def main(folder: Path) -> None:
    """A register with three crowded rounds beside what is in this repository."""
    copy(folder)
    told = {path.stem for path in BASE.rglob("*.yml")} | {"randers", "skive", "struer"}
    slugs = [name for name in names() if name not in told]
    random.Random(1).shuffle(slugs)
    first, closed, opened = (
        datetime(*day, tzinfo=WINTER) for day in ((2029, 3, 1), (2031, 1, 5), (2031, 2, 1))
    )
    crowd(folder, "2029-opdigtet", sorted(slugs[:40]), first, decided=True, word="første")
    crowd(folder, "2031-lukket", sorted(slugs[40:52]), closed, word="anden")
    crowd(folder, "2031-opdigtet", sorted(slugs[52:90]), opened, 40, word="tredje")
    commit(folder, "crowd", "2031-03-01T11:00:00+01:00")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
