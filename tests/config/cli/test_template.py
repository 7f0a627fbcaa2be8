"""docgen template: lint, publish, list, as they answer on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.cli.main import docgen
from config.cli.output import run_guarded
from tests.architecture.sources import ROOT
from tests.docgen.engine import make

SHIPPED = ROOT / "templates_docx/founding_decision/thanh_lap.docx"
KIND = ("--kind", "founding_decision")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "hỏng.docx"
    rows = make.table(["{%tr for dn in ds_doan_vien %}", ""], ["{{ dn.ten }}", "{%tr endfor %}"])
    path.write_bytes(make.template("Số {{ so_ky_hieu", build=rows))
    return path


def call(*arguments: str) -> int:
    return run_guarded(docgen, ["template", *arguments])


def test_a_clean_template_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("lint", str(SHIPPED), *KIND) == 0
    assert "0 lỗi" in capsys.readouterr().out


def test_faults_are_told_with_their_places(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("lint", str(broken), *KIND) == 1
    out = capsys.readouterr().out
    assert "TAG-01  thân văn bản, đoạn 1: «{{ so_ky_hieu»" in out
    assert "NAME-01  thân văn bản, bảng 1, hàng 2, ô 1: «{{ dn.ten }}»" in out
    assert "có phải «ho_ten» ?" in out
    assert "BLOCK-05  thân văn bản, bảng 1, hàng 2, ô 2" in out


def test_the_answer_as_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("lint", str(broken), *KIND, "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["file"], answer["kind"], answer["errors"]) == (str(broken), KIND[1], 3)
    cell = next(entry for entry in answer["findings"] if entry["rule"] == "NAME-01")
    assert cell["name"] == "ds_doan_vien[].ten"
    assert cell["suggestions"] == ["ds_doan_vien[].ho_ten"]
    where = cell["where"]
    assert (where["part"], where["part_vi"]) == ("word/document.xml", "thân văn bản")
    assert (where["table"], where["row"], where["cell"], where["tag"]) == (1, 2, 1, "{{ dn.ten }}")


def test_a_copy_with_comments(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, before = tmp_path / "ra" / "có lỗi.docx", broken.read_bytes()
    assert call("lint", str(broken), *KIND, "--annotate", str(copy), "--json") == 1
    assert json.loads(capsys.readouterr().out)["annotated"] == str(copy)
    comments = list(make.opened(copy.read_bytes()).comments)
    assert {comment.author for comment in comments} == {"docgen"}
    assert any("TAG-01" in comment.text for comment in comments)
    assert broken.read_bytes() == before


@pytest.mark.parametrize("content", [None, b"", b"no zip"])
def test_an_unreadable_file_exits_2(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.docx"
    if content is not None:
        path.write_bytes(content)
    assert call("lint", str(path), *KIND, "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["message"]


def test_a_wrong_kind_and_a_missing_option_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("lint", str(SHIPPED), "--kind", "founding_decisionn") == 2
    assert "founding_decision" in capsys.readouterr().err
    assert call("lint", str(SHIPPED)) == 2


@pytest.mark.django_db
def test_publish_and_list(
    broken: Path,
    tmp_path: Path,
    settings: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    name = ("--name", "thanh_lap")
    assert call("publish", str(broken), *KIND, *name, "--json") == 1
    refused = json.loads(capsys.readouterr().out)
    assert refused["published"] is None
    assert len(refused["findings"]) >= 3
    assert call("publish", str(broken), *KIND, "--name", "khac") == 2
    capsys.readouterr()
    assert call("publish", str(SHIPPED), *KIND, *name, "--json", "--as", "Lò Thị Ánh") == 0
    published = json.loads(capsys.readouterr().out)["published"]
    assert (published["name"], published["version"], published["new"]) == (
        "founding_decision/thanh_lap",
        2,
        True,
    )
    assert call("publish", str(SHIPPED), *KIND, *name) == 0
    assert "không có gì thay đổi" in capsys.readouterr().out
    assert call("list", "--json") == 0
    entries = json.loads(capsys.readouterr().out)["templates"]
    mine = [entry for entry in entries if not entry["shipped"]]
    assert [(e["name"], e["version"], e["published_by"]) for e in mine] == [
        ("founding_decision/thanh_lap", 2, "Lò Thị Ánh")
    ]
    assert call("list") == 0
    assert "của kho này" in capsys.readouterr().out
