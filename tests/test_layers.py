"""Imports point down, as the data flows: app.py, then qa, then ingest; and what is heavy waits until it is needed."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted([*(ROOT / "ingest").rglob("*.py"), *(ROOT / "qa").rglob("*.py"), ROOT / "app.py"])

# Seconds to load, or needed by some runs only: imported inside the function that needs them.
HEAVY = {
    "torch", "transformers", "sentence_transformers", "faiss", "pypdf", "pypdfium2", "httpx", "tenacity", "selectolax",
    "docx", "lxml",
}  # fmt: skip


def name_of(path: Path) -> str:
    """`ingest/readers/pdf.py` → `ingest.readers.pdf`; a package is called by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(node: ast.AST, path: Path) -> Iterator[str]:
    """The modules an import statement may name, in full: `from qa import ui` may mean `qa` and `qa.ui`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = list(path.relative_to(ROOT).parent.parts)
        base = package[: len(package) - node.level + 1] if node.level else []
        module = ".".join([*base, *([node.module] if node.module else [])])
        yield module
        yield from (f"{module}.{alias.name}" for alias in node.names)


def everywhere(path: Path) -> set[str]:
    """All a module imports, inside functions and for type checking too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in ast.walk(tree) for name in imported(node, path)}


def on_loading(path: Path) -> set[str]:
    """What a module imports when it is itself imported: not inside functions, not for type checking only."""

    def statements(nodes: list[ast.stmt]) -> Iterator[ast.stmt]:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                yield from statements(node.orelse)
                continue
            yield node
            for field in ("body", "orelse", "finalbody"):
                yield from statements(getattr(node, field, []))
            for handler in getattr(node, "handlers", []):
                yield from statements(handler.body)

    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in statements(tree.body) for name in imported(node, path)}


def within(names: set[str], *packages: str) -> set[str]:
    """Those of the names that are one of the packages or lie in it."""
    return {name for name in names if any(name == package or name.startswith(f"{package}.") for package in packages)}


def is_face(path: Path) -> bool:
    return name_of(path) == "app" or bool(within({name_of(path)}, "qa.ui"))


def test_there_is_something_to_check():
    assert {"ingest.model", "qa.model", "app"} <= {name_of(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path):
    above = {"ingest": ("qa", "app", "tests"), "qa": ("app", "tests"), "app": ("tests",)}
    assert within(everywhere(path), *above[name_of(path).split(".")[0]]) == set()


@pytest.mark.parametrize("path", [path for path in MODULES if not is_face(path)], ids=name_of)
def test_only_the_app_knows_streamlit(path):
    assert within(everywhere(path), "streamlit", "qa.ui") == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_archive_and_its_schema_know_sql(path):
    knows = re.fullmatch(r"ingest\.(archive(_\w+)?|schema|database)", name_of(path))  # `database` lends connections
    assert knows or within(everywhere(path), "sqlite3") == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_packages_are_imported_where_they_are_needed(path):
    assert within(on_loading(path), *HEAVY) == set()


def test_the_command_lines_load_nothing_heavy():
    shy = sorted(HEAVY | {"numpy", "streamlit"})
    code = f"import sys, ingest.__main__, qa.__main__; print([name for name in {shy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_reading_minutes_asking_and_the_app_load_no_torch(tmp_path):
    code = """
import sys
from streamlit.testing.v1 import AppTest
import ingest.__main__, qa.__main__
archive, question = sys.argv[1], "Hvad blev besluttet om Bethaniagade?"
assert ingest.__main__.main(["add", "data/minutes", "--archive", archive]) == 0
assert qa.__main__.main(["ask", question, "--archive", archive]) == 0
app = AppTest.from_file("app.py", default_timeout=30)
app.query_params["q"] = question
assert not app.run().exception
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""
    archive = str(tmp_path / "archive.db")
    run = subprocess.run(
        [sys.executable, "-c", code, archive],
        cwd=ROOT,
        env=os.environ | {"PUNKTSVAR_ARCHIVE": archive},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "videoovervågning" in run.stdout.lower()
    assert run.stdout.splitlines()[-1] == "[]"
