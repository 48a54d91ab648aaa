"""What the documentation says exists, and what exists is documented."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parent.parent
MANUAL = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [*MANUAL, ROOT / "CHANGELOG.md", *sorted((ROOT / "data").rglob("*.md"))]
CONFIGURATION = [
    ROOT / name for name in ("Makefile", "constraints.txt", "pyproject.toml", ".ci/run", ".streamlit/config.toml")
]


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def manual() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in MANUAL)


def is_mentioned(words: str) -> bool:
    """True when the manual has the words as they stand: `--limit` is not mentioned by `--limits`."""
    return re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", manual()) is not None


def help_of(*words: str) -> str:
    """What `python -m … --help` prints on a terminal so wide that it wraps nothing."""
    command = [sys.executable, "-m", *words, "--help"]
    environment = os.environ | {"COLUMNS": "1000", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    return run.stdout


@cache
def subcommands(program: str) -> tuple[str, ...]:
    listed = re.search(r"\{([\w,-]+)\} \.\.\.", help_of(program))
    return tuple(listed.group(1).split(",")) if listed else ()


@pytest.mark.parametrize("program", ["ingest", "qa"])
def test_every_command_is_in_the_manual(program):
    assert subcommands(program)
    assert [name for name in subcommands(program) if not is_mentioned(f"python -m {program} {name}")] == []


@pytest.mark.parametrize("program", ["ingest", "qa"])
def test_every_option_is_in_the_manual(program):
    with ThreadPoolExecutor() as pool:
        texts = [help_of(program), *pool.map(lambda name: help_of(program, name), subcommands(program))]
    options = {option for text in texts for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", text)} - {"--help"}
    assert sorted(option for option in options if not is_mentioned(option)) == []


def test_every_make_target_is_in_the_manual():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"run", "test", "lint", "bench", "eval", "help", "clean"} <= set(targets)
    assert [target for target in targets if not is_mentioned(f"make {target}")] == []


def test_every_make_target_the_manual_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(
        re.findall(r"`make ([a-z]+)", manual()) + re.findall(r"^ *(?:\$ )?make ([a-z]+)", manual(), re.MULTILINE)
    )
    assert sorted(target for target in named if f"\n{target}:" not in makefile) == []


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_links_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)[^)]*\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    local = [unquote(link) for link in links if not re.match(r"[a-z]+:", link)]
    broken = []
    for link in local:
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The names of a page's headings, as the usual viewers of Markdown make them."""
    headings = re.findall(r"^#+ +(.+?) *$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", [*PAGES, *CONFIGURATION], ids=label)
def test_nothing_of_one_machine_or_one_package_index_is_written_down(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.~-])/(?:work|root|home|Users|opt|mnt)/\S*|\b[A-Z]:\\Users\\\w+", text) == []
    assert re.findall(r"\bpypi\.\w+|\b(?:files|download|registry|index)\.\w+\.\w{2,}|/whl/\S*", text) == []


def test_every_module_has_a_room_in_the_design():
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    rooms = design[design.index("## The rooms") : design.index("## Where each hard thing lives")]
    modules = [path for name in ("ingest", "ingest/readers", "qa") for path in (ROOT / name).glob("[!_]*.py")]
    assert [label(path) for path in sorted(modules) if f"`{path.stem}`" not in rooms] == []


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "docs/design.md", "data/README.md"])
def test_what_a_newcomer_looks_for_is_there(name):
    assert (ROOT / name).stat().st_size > 0


def test_the_changelog_opens_with_the_version_that_is_installed():
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert f"## [{version.group(1)}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
