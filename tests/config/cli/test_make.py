"""`docgen kinds`, `schema` and `make`: from data alone, without a store."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from core.schema import FieldKind
from docgen.engine.pdf import find_soffice
from docgen.kinds import KINDS
from tests.config.cli.calls import Answer, Caller, process
from tests.docgen.kinds.papers import lines

HARD = "Công ty TNHH A&B <X>"
kinds = pytest.mark.parametrize("kind", sorted(KINDS))


def example(call: Caller, kind: str) -> dict[str, Any]:
    schema = call("schema", kind).json
    assert schema["$schema"].endswith("2020-12/schema")
    return dict(schema["examples"][0])


def written(folder: Path, data: object, name: str = "dữ liệu.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def make(call: Caller, kind: str, data: object, folder: Path, *more: str) -> Answer:
    given = written(folder, data)
    return call("make", kind, "--data", given, "-o", folder / "ra.docx", *more)


def text_of(path: Path) -> str:
    return "\n".join(lines(docx.Document(str(path))))


def test_kinds_are_listed_as_the_contract_says(call: Caller) -> None:
    listed = call("kinds", "--json")
    assert listed.code == 0
    assert listed.err == ""
    assert list(listed.json) == ["documents", "forms"]
    assert [one["kind"] for one in listed.json["documents"]] == list(KINDS)
    assert all(
        set(one) == {"kind", "label", "symbol_type", "annexes"} for one in listed.json["documents"]
    )
    types = {one["kind"]: one["symbol_type"] for one in listed.json["documents"]}
    assert (types["plan"], types["dossier_return"], types["reminder_letter"]) == ("KH", "PC", None)


@kinds
def test_the_example_of_the_schema_makes_a_draft(call: Caller, here: Path, kind: str) -> None:
    data = example(call, kind)
    assert call("schema", kind, "--example").json == data
    made = make(call, kind, data, here, "--json")
    assert made.code == 0, made.out
    assert made.json["file"] == str(here / "ra.docx")
    assert made.json["sha256"] == hashlib.sha256((here / "ra.docx").read_bytes()).hexdigest()
    text = text_of(here / "ra.docx")
    assert "Số:" in text or kind == "launch_minutes"
    # A draft has no number and no day (ND30 Điều 15 k2).
    assert not any(f"Số: {n:02d}/" in text for n in range(100))
    assert made.err == ""


@kinds
def test_number_and_date_are_printed(call: Caller, here: Path, kind: str) -> None:
    data = example(call, kind)
    day = str(data["intended_date"])
    assert make(call, kind, data, here, "--number", "7", "--date", day).code == 0
    text = text_of(here / "ra.docx")
    assert f"07/{data['doc_symbol']}" in text
    year, month, of_month = day.split("-")
    printed = f"ngày {int(of_month):02d} tháng {int(month):02d} năm {year}"
    loose = f"ngày {int(of_month):02d} tháng {int(month)} năm {year}"
    assert printed in text or loose in text


@kinds
def test_three_fields_left_out_are_named_at_once(call: Caller, here: Path, kind: str) -> None:
    data = example(call, kind)
    required = [spec for spec in KINDS[kind].schema.fields if spec.required and spec.key in data]
    chosen = [spec for spec in required if spec.kind is FieldKind.TEXT][:3]
    assert len(chosen) == 3
    for spec in chosen:
        del data[spec.key]
    refused = make(call, kind, data, here, "--json")
    assert refused.code == 2
    assert set(refused.error["facts"]["missing"]) == {spec.key for spec in chosen}
    assert all(f"“{spec.label_vi}”" in refused.error["message"] for spec in chosen)
    told = make(call, kind, data, here)
    assert told.out == ""
    assert all(spec.label_vi in told.err for spec in chosen)
    assert not (here / "ra.docx").exists()


def with_hard_names(value: Any, row: str = "") -> Any:
    """The data with one company's name wherever something is named; rows of a table stay different."""
    if isinstance(value, dict):
        return {
            key: f"{HARD}{row}"
            if key in NAMES and isinstance(inner, str)
            else with_hard_names(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [with_hard_names(inner, f" {at}") for at, inner in enumerate(value, start=1)]
    return value


NAMES = (
    "enterprise_name",
    "union_name",
    "place",
    "org_name",
    "name",
    "issuing_org_short",
    "subject",
)


@kinds
def test_a_hard_name_comes_out_letter_for_letter(call: Caller, here: Path, kind: str) -> None:
    data = with_hard_names(example(call, kind))
    data |= {"issuing_org_name": HARD, "recipients": [HARD]}
    made = make(call, kind, data, here, "--json")
    assert made.code == 0, made.out
    paper = docx.Document(str(here / "ra.docx"))
    in_tables = [p.text for table in paper.tables for cell in table._cells for p in cell.paragraphs]
    assert any(HARD in text for text in in_tables)  # the letterhead
    assert text_of(here / "ra.docx").count(HARD) > 1  # and the body
    with zipfile.ZipFile(io.BytesIO((here / "ra.docx").read_bytes())) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if ".xml" in name}
    assert not any("&amp;amp;" in part or "&amp;lt;" in part for part in parts.values())
    assert paper.core_properties.title


@pytest.mark.soffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_pdf_is_made_beside_the_word_file(call: Caller, here: Path) -> None:
    made = make(call, "invitation", example(call, "invitation"), here, "--pdf", "--json")
    assert made.code == 0, made.out
    assert made.json["pdf"] == str(here / "ra.pdf")
    assert (here / "ra.pdf").read_bytes().startswith(b"%PDF-")


def test_wrong_values_are_told_with_their_keys(call: Caller, here: Path) -> None:
    data = example(call, "founding_decision")
    data |= {"intended_date": "31/02/2024", "member_count": "mười hai"}
    data["enterprise_nam"] = data.pop("enterprise_name")
    refused = make(call, "founding_decision", data, here, "--json")
    assert refused.code == 2
    facts = refused.error["facts"]
    assert set(facts["wrong"]) >= {"intended_date", "member_count", "enterprise_nam"}
    assert "có phải “enterprise_name”" in facts["wrong"]["enterprise_nam"]
    assert facts["missing"] == ["enterprise_name"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"subject": ', "dòng 1, cột 13"),
        (b"[1, 2]", "đối tượng JSON"),
        (b'{"a": 1, "a": 2}', "khóa “a” ghi hai lần"),
        ('{"a": "Lò Văn Ín"}'.encode("utf-16"), "UTF-8"),
        (b"", "dòng 1, cột 1"),
        (b"[" * 100_000, "không đọc được"),
    ],
)
def test_a_file_that_is_no_data_is_named_with_the_place(
    call: Caller, here: Path, content: bytes, said: str
) -> None:
    (here / "hỏng.json").write_bytes(content)
    refused = call("make", "plan", "--data", "hỏng.json", "-o", "ra.docx", "--json")
    assert refused.code == 2
    assert refused.error["code"] == "unreadable"
    assert refused.error["facts"] == {"file": "hỏng.json"}
    assert said.lower() in refused.error["message"].lower()
    assert "hỏng.json" in refused.error["message"]


@pytest.mark.parametrize(("name", "said"), [("không-có.json", "không có tệp"), (".", "thư mục")])
def test_a_file_that_is_not_there(call: Caller, here: Path, name: str, said: str) -> None:
    refused = call("make", "plan", "--data", name, "-o", here / "ra.docx", "--json")
    assert (refused.code, refused.error["code"]) == (2, "unreadable")
    assert said in refused.error["message"]


def test_a_byte_order_mark_is_no_fault(call: Caller, here: Path) -> None:
    data = json.dumps(example(call, "invitation"), ensure_ascii=False)
    (here / "bom.json").write_text(data, encoding="utf-8-sig")
    assert call("make", "invitation", "--data", "bom.json", "-o", "ra.docx").code == 0


@pytest.mark.parametrize("target", [".", "tệp/ra.docx"])
def test_a_place_that_cannot_be_written(call: Caller, here: Path, target: str) -> None:
    (here / "tệp").write_text("không phải thư mục")
    data = written(here, example(call, "invitation"))
    refused = call("make", "invitation", "--data", data, "-o", target, "--json")
    assert (refused.code, refused.error["code"]) == (2, "unwritable")
    assert refused.error["facts"] == {"file": target}


def test_missing_folders_of_the_output_are_made(call: Caller, here: Path) -> None:
    data = written(here, example(call, "invitation"))
    assert call("make", "invitation", "--data", data, "-o", "a/b/c.docx").code == 0
    assert (here / "a/b/c.docx").is_file()


@pytest.mark.parametrize("half", [("--number", "7"), ("--date", "2024-05-02")])
def test_number_and_date_go_together(call: Caller, here: Path, half: tuple[str, str]) -> None:
    refused = make(call, "invitation", example(call, "invitation"), here, *half, "--json")
    assert (refused.code, refused.error["code"]) == (2, "usage")


def test_the_same_data_gives_the_same_bytes(call: Caller, here: Path) -> None:
    data = example(call, "committee_decision")
    first = make(call, "committee_decision", copy.deepcopy(data), here, "--json").json["sha256"]
    assert make(call, "committee_decision", data, here, "--json").json["sha256"] == first


def test_stdin_and_no_trace_of_a_store(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    data = process(home, "schema", "invitation", "--example")
    made = process(
        home,
        "make", "invitation", "--data", "-", "-o", str(tmp_path / "ra.docx"), "--json",
        stdin=data.out.encode(),
    )  # fmt: skip
    assert (made.code, made.err) == (0, "")
    assert made.json["kind"] == "invitation"
    assert not home.exists()


def test_a_store_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("không phải thư mục")
    home = tmp_path / "tệp" / "kho"
    data = process(home, "schema", "plan", "--example")
    made = process(
        home,
        "make",
        "plan",
        "--data",
        "-",
        "-o",
        str(tmp_path / "ra.docx"),
        stdin=data.out.encode(),
    )
    assert (made.code, made.err) == (0, "")
    assert made.out == f"Đã tạo {tmp_path / 'ra.docx'}\n"
