"""`docgen check` as an office and a script call it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from docx import Document

from docgen.rules import RULES
from tests.config.cli.calls import Caller
from tests.docgen.rules import spoil as s
from tests.docgen.rules.contents import NOTICE, PLAN
from tests.docgen.rules.typist import saved, typed

KEYS = ["file", "profile", "findings", "checked", "not_applicable"]


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def wrong() -> bytes:
    document = typed(replace(NOTICE, number="Số: 9 /TB-LĐLĐ"))
    s.together(s.margin("left", 20), s.size("Nơi nhận:", 14))(document)
    return saved(document)


def test_a_right_paper(call: Caller, tmp_path: Path) -> None:
    told = call("check", written(tmp_path / "a.docx", saved(typed(NOTICE))), "--json")
    assert told.code == 0
    assert list(told.json) == KEYS
    assert told.json["findings"] == []
    assert told.json["profile"] == "tld_2024"
    assert set(told.json["checked"]) | set(told.json["not_applicable"]) == {
        rule.id for rule in RULES
    }
    assert {"TL-04", "KG-02", "MAT-01", "PLAN-01"} <= set(told.json["not_applicable"])


def test_a_wrong_paper(call: Caller, tmp_path: Path) -> None:
    file = written(tmp_path / "a.docx", wrong())
    told = call("check", file, "--json")
    assert told.code == 1
    found = {finding["rule"]: finding for finding in told.json["findings"]}
    assert {"PG-04", "SO-02", "SO-03", "NN-01"} <= set(found)
    one = found["SO-02"]
    assert list(one) == ["rule", "severity", "message", "where", "found", "expected"]
    assert one["where"]["part"] == "word/document.xml"
    assert one["where"]["text"] == "Số: 9 /TB-LĐLĐ"
    assert (one["severity"], one["found"], one["expected"]) == ("E", "9", "09")
    text = call("check", file)
    assert text.code == 1
    assert "SO-02" in text.out
    assert "LỖI" in text.out


def test_the_rules_of_a_day_or_by_name(call: Caller, tmp_path: Path) -> None:
    file = written(tmp_path / "a.docx", saved(typed(PLAN)))
    assert call("check", file, "--json").json["profile"] == "tld_2011"
    assert call("check", file, "--on", "2025-09-01", "--json").json["profile"] == "tld_2024"
    assert call("check", file, "--profile", "nd30", "--json").json["profile"] == "nd30"
    assert call("check", file, "--profile", "nd99", "--json").code == 2


def test_a_folder_is_a_list_and_a_bad_file_an_entry(call: Caller, tmp_path: Path) -> None:
    written(tmp_path / "a" / "1.docx", saved(typed(NOTICE)))
    written(tmp_path / "a" / "sâu" / "2.docx", b"PK hong")
    written(tmp_path / "a" / "~$1.docx", b"khoa cua Word")
    written(tmp_path / "a" / "ghi chú.txt", b"x")
    told = call("check", tmp_path / "a", "--json")
    assert told.code == 1
    assert [Path(entry["file"]).name for entry in told.json] == ["1.docx", "2.docx"]
    assert list(told.json[1]) == ["file", "error"]
    assert told.json[1]["error"]["code"] == "unreadable"
    (tmp_path / "a" / "sâu" / "2.docx").unlink()
    again = call("check", tmp_path / "a", "--json")
    assert (again.code, len(again.json)) == (0, 1)


def test_one_unreadable_file_is_refused(call: Caller, tmp_path: Path) -> None:
    for name, data in (("x.docx", b"%PDF-1.7"), ("y.docx", b"")):
        told = call("check", written(tmp_path / name, data), "--json")
        assert told.code == 2
        assert told.json["error"]["code"] == "unreadable"
    assert call("check", tmp_path / "khong-co.docx", "--json").code == 2
    (tmp_path / "trống").mkdir()
    assert call("check", tmp_path / "trống", "--json").json["error"]["code"] == "not_found"


def test_findings_as_comments(call: Caller, tmp_path: Path) -> None:
    out = tmp_path / "ghi chú.docx"
    assert call("check", written(tmp_path / "a.docx", wrong()), "--annotate", out).code == 1
    document = Document(io.BytesIO(out.read_bytes()))
    told = {comment.text for comment in document.comments}
    assert any("SO-02" in text and "SO-03" in text for text in told)
    assert any(text.startswith("Lỗi PG-04") for text in told)
    with zipfile.ZipFile(out) as parts:
        body = parts.read("word/document.xml").decode()
    number = body.index("Số: 9 /TB")
    assert body.rindex("commentRangeStart", 0, number) > body.rindex("<w:p>", 0, number)
    twice = tmp_path / "hai lần.docx"
    call("check", out, "--annotate", twice)
    assert len(list(Document(io.BytesIO(twice.read_bytes())).comments)) == 2 * len(told)


def test_a_mended_copy(call: Caller, tmp_path: Path) -> None:
    out = tmp_path / "sửa.docx"
    file = written(tmp_path / "a.docx", wrong())
    told = call("check", file, "--fix", out, "--json")
    assert told.code == 1
    assert {change["rule"] for change in told.json["fixed"]} == {"PG-04", "SO-02", "NN-01"}
    assert call("check", out).code == 0
    assert call("check", file).code == 1  # the file itself is left as it was


def test_one_copy_for_many_files_is_refused(call: Caller, tmp_path: Path) -> None:
    file = written(tmp_path / "a.docx", saved(typed(NOTICE)))
    told = call("check", file, file, "--fix", tmp_path / "b.docx", "--json")
    assert told.code == 2
    assert not (tmp_path / "b.docx").exists()
