"""The shipped templates are what the recipes give, and Word authors can work with them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from docgen.kinds import KINDS, examples
from docgen.vocabulary import VOCABULARY
from tests.docgen.kinds.cases import TEMPLATES
from tools.templates.build import build_all
from tools.templates.recipes import RECIPES

every_recipe = pytest.mark.parametrize("key", sorted(RECIPES))


def test_two_builds_are_the_same_bytes(tmp_path) -> None:
    first = {path.name: path.read_bytes() for path in build_all(tmp_path / "a")}
    second = {path.name: path.read_bytes() for path in build_all(tmp_path / "b")}
    assert first == second


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All templates, built by a process of their own: docxcompose, once imported, changes what python-docx writes."""
    folder = tmp_path_factory.mktemp("mau")
    line = "import sys, pathlib; from tools.templates.build import build_all; [*build_all(pathlib.Path(sys.argv[1]))]"
    subprocess.run([sys.executable, "-c", line, str(folder)], check=True, cwd=TEMPLATES.parent)
    return folder


@every_recipe
def test_shipped_template_is_up_to_date(key: str, built: Path) -> None:
    assert (TEMPLATES / f"{key}.docx").read_bytes() == (built / f"{key}.docx").read_bytes()


@every_recipe
def test_manifest_explains_every_name(key: str) -> None:
    manifest = tomllib.loads((TEMPLATES / f"{key}.toml").read_text(encoding="utf-8"))
    assert manifest["title"]
    assert manifest["version"] >= 1
    assert manifest["kind"] in KINDS
    for entry in manifest["fields"]:
        known = VOCABULARY[entry["name"]]
        assert (entry["label"], entry["source"], entry["sample"]) == (
            known.label_vi,
            known.source,
            known.sample,
        )


@every_recipe
def test_every_tag_is_whole_in_one_run(key: str) -> None:
    document = Document(io.BytesIO((TEMPLATES / f"{key}.docx").read_bytes()))
    for text in document.element.body.iter(qn("w:t")):
        assert text.text.count("{{") == text.text.count("}}")
        assert text.text.count("{%") == text.text.count("%}")


@every_recipe
def test_package_holds_only_what_the_template_needs(key: str) -> None:
    with zipfile.ZipFile(TEMPLATES / f"{key}.docx") as package:
        names = set(package.namelist())
        styles = package.read("word/styles.xml").decode()
    assert not {
        name for name in names if re.search(r"thumbnail|customXml|theme|stylesWithEffects", name)
    }
    assert styles.count("<w:style ") < 50


def test_every_example_finds_its_template() -> None:
    for name, data in vars(examples).items():
        if not name.isupper() or name.startswith("_"):
            continue
        kind = next(key for key in KINDS if name.startswith(key.upper()))
        assert KINDS[kind].template(data) in RECIPES
