"""Review of a change: from objects alone, only what is new, and nothing of it runs."""

import json
import os
from pathlib import Path
from typing import Any, cast

import pytest

from docket.cli.main import main
from support.randers import PATH, RECEIVED, TEXT, propose, put
from support.worlds import commit, git


def reviewed(
    root: Path, capsys: pytest.CaptureFixture[str], *more: str, received: str = RECEIVED
) -> tuple[int, dict[str, object], list[str]]:
    """The exit code, the JSON, and the findings as "path CODE"."""
    words = ["-C", str(root), "review", "main", "change", "--received", received]
    code = main([*words, "--format", "json", *more])
    data = json.loads(capsys.readouterr().out)
    return code, data, [f"{one['path']} {one['code']}" for one in data["findings"]]


def test_routine(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One right submission by a submitter is routine; the repository is as it was."""
    propose(register, {PATH: TEXT})
    before = git(register, "for-each-ref"), git(register, "status", "--porcelain")
    code, data, found = reviewed(register, capsys)
    assert (code, data["routine"], found) == (0, True, [])
    assert data["changed"] == [PATH]
    assert (git(register, "for-each-ref"), git(register, "status", "--porcelain")) == before
    assert not (register / PATH).exists()


def test_one_mistake_is_told_once(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change of many submissions is one finding that names them all."""
    slugs = ("randers", "skive", "struer", "thisted")
    files: dict[str, str | None] = {
        PATH.replace("randers", one): TEXT.replace("randers", one) for one in slugs
    }
    propose(register, files)
    _, data, found = reviewed(register, capsys)
    assert found == [f"{PATH.replace('randers', 'skive')} C01"]
    assert all(one in json.dumps(data) for one in files)


def test_the_file_that_is_touched_is_told(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of two rounds it is the new submission that is one too many, also where it came first."""
    other = "submissions/2032-et/randers.yml"
    round_ = (register / "submissions/2031-skole/round.yml").read_text("utf-8")
    (register / "submissions/2032-et").mkdir()
    put(register, round_.replace("after: [2030-job]\n", ""), "submissions/2032-et/round.yml")
    put(register, TEXT, other)
    commit(register, "another round", "2031-03-06T12:00:00+01:00")
    propose(register, {PATH: TEXT})
    _, data, found = reviewed(register, capsys, received="2031-03-05T10:00:00+01:00")
    assert found == [f"{PATH} M04"]
    assert other in json.dumps(data)


def test_only_what_is_new(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was wrong on BASE already is not told again."""
    put(register, "municipality: [\n", "submissions/2031-skole/skive.yml")
    commit(register, "wrong already")
    propose(register, {PATH: TEXT})
    assert reviewed(register, capsys)[2] == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            {PATH: TEXT, "submissions/2031-skole/skive.yml": TEXT.replace("randers", "skive")},
            ["submissions/2031-skole/skive.yml C01"],
        ),
        ({PATH: TEXT, "tools/docket/cli/main.py": "x"}, ["tools/docket/cli/main.py C02"]),
        ({PATH: TEXT, ".github/workflows/x.yml": "x"}, [".github/workflows/x.yml C02"]),
        ({PATH: TEXT, "README.md": "x"}, ["README.md C02"]),
        (
            {"submissions/2031-skole/round.yml": None},
            [
                "submissions/2031-skole/odder.yml F06",
                "submissions/2031-skole/receipts.yml F06",
                "submissions/2031-skole/round.yml C02",
                "submissions/2031-skole/viborg.yml F06",
            ],
        ),
        (
            {"submissions/2031-skole/viborg.yml": None},
            ["submissions/2031-skole/viborg.yml C03"],
        ),
        ({PATH: TEXT.replace("randers", "Randers kommune")}, [f"{PATH} S04"]),
    ],
)
def test_wrong(
    register: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str | None],
    found: list[str],
) -> None:
    """A change that touches more than its own file, or is wrong, is told so."""
    propose(register, files)
    code, data, told = reviewed(register, capsys)
    assert (code, data["routine"], told) == (1, False, found)


@pytest.mark.parametrize(
    "path",
    [
        "randers.yml",
        "Randers.YAML",
        "submission/randers.yml",
        "Submissions/2031-skole/randers.yml",
        "submission/2031 skole/randers.yml",
    ],
)
def test_in_the_wrong_place(register: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that lies anywhere else is no file of the organiser's: it is told where it goes."""
    propose(register, {path: TEXT})
    code, data, _ = reviewed(register, capsys)
    (finding,) = cast("list[dict[str, Any]]", data["findings"])
    assert (code, finding["code"]) == (1, "C02")
    assert f"Flyt den til {PATH}: åbn den med blyanten" in finding["message"]["da"]
    assert f"Move it to {PATH}: open it with the pencil" in finding["message"]["en"]


def test_organiser_may(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The organiser may touch anything; a wrong file is wrong all the same."""
    propose(register, {PATH: TEXT, "README.md": "x"})
    assert reviewed(register, capsys, "--by", "organiser")[2] == []


def test_late(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The time that counts is the forge's, not the commit's."""
    propose(register, {PATH: TEXT}, at="2031-01-05T10:00:00+01:00")
    assert reviewed(register, capsys, received="2031-06-30T12:00:00+02:00")[2] == []
    late = reviewed(register, capsys, received="2031-06-30T12:00:01+02:00")
    assert late[2] == [f"{PATH} T01"]


def test_moved_base(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What main got since the change began is not undone by the review."""
    propose(register, {PATH: TEXT})
    put(register, TEXT.replace("randers", "skive"), "submissions/2031-skole/skive.yml")
    commit(register, "main goes on")
    code, data, found = reviewed(register, capsys)
    assert (code, data["routine"], data["changed"], found) == (0, True, [PATH], [])


def test_two_changes_of_one_municipality(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the same file came to main meanwhile, the change is not routine."""
    propose(register, {PATH: TEXT})
    put(register, TEXT.replace("[folkeskole]", "[dagtilbud]"))
    commit(register, "the other one")
    assert reviewed(register, capsys)[1]["routine"] is False
    words = ["-C", str(register), "review", "main", "change", "--received", RECEIVED]
    main([*words, "--format", "markdown"])
    assert "Imens er dette ændret" in capsys.readouterr().out


def test_schema_of_the_change_is_not_used(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A submitter cannot bring a schema by which a wrong file is right."""
    area = (register / "schema/area.json").read_text("utf-8")
    files = {
        PATH: TEXT.replace("folkeskole", "alt"),
        "schema/area.json": area.replace('"dagtilbud", ', '"alt", "dagtilbud", '),
    }
    propose(register, dict(files))
    assert reviewed(register, capsys)[2] == ["schema/area.json C02", f"{PATH} S04"]


def test_modes(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In Git, a link or an executable is no submission, and its target is not told."""
    git(register, "switch", "--quiet", "--create", "change")
    (register / PATH).symlink_to("/etc/passwd")
    other = register / "submissions/2031-skole/skive.yml"
    other.write_text(TEXT.replace("randers", "skive"), "utf-8")
    other.chmod(0o755)
    commit(register, "modes")
    git(register, "switch", "--quiet", "main")
    code, data, found = reviewed(register, capsys, "--by", "organiser")
    assert (code, found) == (1, [f"{PATH} F01", "submissions/2031-skole/skive.yml F01"])
    assert "passwd" not in json.dumps(data)


def test_large_blob(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A blob is judged by its size before it is read."""
    propose(register, {PATH: "#" * 3_000_000})
    assert reviewed(register, capsys)[2] == [f"{PATH} F01"]


def test_nothing_runs(register: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A canary in HEAD's tools, hooks, attributes, filters and submodules is never touched off.

    The repository of the organiser even has the filters and the hooks that HEAD asks for.
    """
    canary = tmp_path / "canary"
    cry = f"open({str(canary)!r}, 'w')"
    shell = f"#!/bin/sh\ntouch {canary}\n"
    own = register / ".git/hooks"
    own.mkdir()
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        (own / name).write_text(shell)
        (own / name).chmod(0o755)
    propose(register, {})
    canary.unlink(missing_ok=True)
    git(register, "switch", "--quiet", "change")
    files = {
        PATH: TEXT,
        "tools/docket/__init__.py": cry,
        "tests/conftest.py": cry,
        "conftest.py": cry,
        "sitecustomize.py": cry,
        "Makefile": f"$(shell touch {canary})\n",
        ".github/workflows/answer.yml": "on: push\n",
        ".github/workflows/evil.yml": f"run: touch {canary}\n",
        ".githooks/post-checkout": shell,
        ".gitattributes": "*.yml filter=cry diff=cry merge=cry ident text eol=crlf\n",
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch%20' + str(canary),
        ".lfsconfig": "[lfs]\n\turl = https://evil.example\n",
    }
    for path, text in files.items():
        (register / path).parent.mkdir(parents=True, exist_ok=True)
        (register / path).write_text(text, "utf-8")
    git(register, "add", "--all")
    head = git(register, "rev-parse", "HEAD")
    git(register, "update-index", "--add", "--cacheinfo", f"160000,{head},x")
    git(register, "commit", "--quiet", "--message", "evil")
    git(register, "switch", "--quiet", "main")
    for name in ("filter.cry.clean", "filter.cry.smudge", "diff.cry.textconv", "merge.cry.driver"):
        git(register, "config", name, f"touch {canary}; cat")
    git(register, "config", "core.hooksPath", ".git/hooks")
    canary.unlink(missing_ok=True)
    code, data, found = reviewed(register, capsys)
    assert not canary.exists()
    assert (code, data["routine"]) == (1, False)
    assert {one.split()[1] for one in found} == {"C02"}
    assert len(found) == len(files)


@pytest.mark.parametrize("kind", ["pointer", "submodule"])
def test_what_points_elsewhere(
    register: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """A pointer of Git LFS, or a submodule, in the place of a submission is refused as it is."""
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"
    propose(register, {PATH: pointer} if kind == "pointer" else {})
    if kind == "submodule":
        git(register, "switch", "--quiet", "change")
        head = git(register, "rev-parse", "HEAD")
        git(register, "update-index", "--add", "--cacheinfo", f"160000,{head},{PATH}")
        git(register, "commit", "--quiet", "--message", "submodule")
        git(register, "switch", "--quiet", "main")
    code, data, found = reviewed(register, capsys)
    assert (code, data["routine"]) == (1, False)
    assert {one.split()[0] for one in found} == {PATH}


def test_bare_repository(
    register: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """BASE and HEAD may be in a bare repository."""
    propose(register, {PATH: TEXT})
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(bare))
    assert reviewed(bare, capsys)[0] == 0


def test_unknown_commit(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that Git does not know is trouble, not a finding."""
    words = ["-C", str(register), "review", "main", "nowhere", "--received", RECEIVED]
    assert main(words) == 2
    assert "nowhere" in capsys.readouterr().err


def test_answer(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer says what was received and what to mend; nothing comes through raw."""
    evil = "@everyone #1 https://evil.example ![x](y) <!-- x --> <img src=x> `c` www.evil.example"
    text = TEXT.replace("[folkeskole]", json.dumps([evil])).replace("randers", "Randers")
    propose(register, {PATH: text})
    words = ["-C", str(register), "review", "main", "change", "--received", RECEIVED]
    assert main([*words, "--format", "markdown"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Modtaget onsdag den 5. marts 2031 kl. 10.00")
    assert "**Der er problemer.**" in out
    assert "Mente du »randers«" in out
    assert "<summary>In English</summary>" in out
    assert "Did you mean “randers”" in out
    for raw in ("@everyone", "#1", "https://evil", "![x]", "<!--", "<img", "`c`", "www.evil"):
        assert raw not in out


def test_answer_all_well(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A right submission is told that all is well and what comes next."""
    propose(register, {PATH: TEXT})
    words = ["-C", str(register), "review", "main", "change", "--received", RECEIVED]
    assert main([*words, "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert "**Randers Kommune** i runden »Runde om skole" in out
    assert "**Alt er i orden.**" in out
    assert "udvalget" in out
    assert os.sep not in out.split("In English")[0].replace("</summary>", "")
