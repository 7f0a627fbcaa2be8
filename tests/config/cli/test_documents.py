"""A paper's life through the store, and batches, as an office calls them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from core.sheets import read_sheet
from records.models import Campaign
from tests.config.cli.calls import Answer, Caller

pytestmark = pytest.mark.django_db
CAMPAIGN = "campaign:ptdv-2024"
KEYS = {
    "id", "kind", "variant", "record", "state", "state_label", "subject", "issuer", "code", "date",
    "intended_date", "profile", "sha256", "cites", "corrects", "corrected_by", "warnings", "consequences_due",
}  # fmt: skip
ROW_KEYS = [
    "number", "suffix", "symbol", "full", "date", "kind", "subject", "signer", "recipients", "kept_by",
    "copies", "state", "issuer", "sha256",
]  # fmt: skip
STATUS_KEYS = [
    "id", "kind", "state", "total", "waiting", "running", "done", "failed", "rate_per_s", "remaining_s",
    "numbers", "failures", "consequences_due", "pdf",
]  # fmt: skip

Json = Callable[..., Any]


@pytest.fixture
def desk(call: Caller, sample: Campaign) -> Caller:
    """The command line over the sample store, its files apart."""
    return call


@pytest.fixture
def ask(desk: Caller) -> Json:
    """A call that must succeed, and its JSON."""

    def answered(*arguments: object) -> Any:
        told: Answer = desk(*arguments, "--json")
        assert told.code == 0, told.out + told.err
        return told.json

    return answered


def issued_plan(ask: Json) -> dict[str, Any]:
    plan = ask("request", "plan", "--for", CAMPAIGN, "--date", "2024-05-02")
    ask("submit", plan["id"])
    ask("sign", plan["id"], "--signer", signer_of(ask, plan))
    return dict(ask("issue", plan["id"], "--date", "2024-05-02"))


def signer_of(ask: Json, paper: dict[str, Any]) -> str:
    """The name printed under a draft."""
    target = Path("dự thảo.docx")
    ask("show", paper["id"], "-o", target)
    table = docx.Document(str(target)).tables
    names = [p.text for t in table for c in t._cells for p in c.paragraphs if p.text.strip()]
    bold = [name for name in names if name == name.title() and len(name.split()) > 1]
    return bold[-1]


def test_from_request_to_register(desk: Caller, ask: Json, here: Path) -> None:
    draft = ask("request", "plan", "--for", CAMPAIGN, "--date", "2024-05-02")
    assert set(draft) == KEYS | {"new"}
    assert (draft["state"], draft["code"], draft["date"]) == ("draft", None, None)
    again = ask("request", "plan", "--for", CAMPAIGN, "--date", "2024-05-02")
    assert (again["id"], again["new"]) == (draft["id"], False)
    early = desk("issue", draft["id"], "--date", "2024-05-02", "--json")
    assert (early.code, early.error["code"]) == (2, "conflict")

    assert ask("submit", draft["id"])["state"] == "submitted"
    assert ask("return", draft["id"], "--remarks", "Bổ sung kinh phí")["state"] == "returned"
    assert ask("submit", draft["id"])["state"] == "submitted"
    assert ask("sign", draft["id"], "--signer", signer_of(ask, draft))["state"] == "signed"
    done = ask("issue", draft["id"], "--date", "2024-05-02")
    assert set(done) == KEYS
    assert (done["state"], done["code"], done["date"]) == ("issued", "01/KH-LĐLĐ", "2024-05-02")

    book = ask("register", "outgoing", "--year", "2024")
    assert list(book) == ["year", "direction", "rows"]
    assert [sorted(row) for row in book["rows"]] == [sorted(ROW_KEYS)]
    row = book["rows"][0]
    assert (row["full"], row["state"], row["sha256"]) == ("01/KH-LĐLĐ", "issued", done["sha256"])
    assert ask("register", "incoming", "--year", "2024")["rows"] == []

    target = here / "kế hoạch.docx"
    ask("show", "01/KH-LĐLĐ", "-o", target)
    assert "Số: 01/KH-LĐLĐ" in "\n".join(
        p.text for t in docx.Document(str(target)).tables for c in t._cells for p in c.paragraphs
    )
    assert ask("recall", "01/KH-LĐLĐ", "--reason", "Sai chỉ tiêu")["state"] == "recalled"
    assert ask("register", "outgoing", "--year", "2024")["rows"][0]["state"] == "recalled"


def test_a_kept_number_and_an_inserted_one(desk: Caller, ask: Json, here: Path) -> None:
    plan = issued_plan(ask)
    quota = ask("request", "quota_decision", "--for", CAMPAIGN, "--date", "2024-05-03")
    assert plan["code"] in quota["cites"]
    bare = desk("issue", quota["id"], "--reserve", "--date", "2024-05-03", "--json")
    assert (bare.code, "reason" in str(bare.error)) == (2, True)
    kept = ask(
        "issue", quota["id"], "--reserve", "--date", "2024-05-03", "--reason", "Chờ Thường trực"
    )
    assert kept == {"id": quota["id"], "reserved": "01"}
    rows = ask("register", "outgoing", "--year", "2024")["rows"]
    assert ("reserved", None) in [(row["state"], row["sha256"]) for row in rows]
    backwards = desk("issue", plan["id"], "--insert-after", "1", "--json")
    assert backwards.code == 2


def test_of_several_records_a_bad_one_is_an_entry(desk: Caller) -> None:
    told = desk(
        "request", "plan", "--for", CAMPAIGN, "--for", "campaign:không-có", "--date", "2024-05-02",
        "--json",
    )  # fmt: skip
    assert told.code == 1
    good, bad = told.json
    assert good["state"] == "draft"
    assert bad["record"] == "campaign:không-có"
    assert set(bad["error"]) == {"code", "message", "facts"}
    alone = desk("request", "plan", "--for", "campaign:không-có", "--json")
    assert (alone.code, alone.error["code"]) == (2, "not_found")


UNKNOWN = [
    ["show", "99/KH-LĐLĐ"],
    ["submit", "99"],
    ["issue", "00000000-0000-0000-0000-000000000000"],
    ["recall", "99/KH-LĐLĐ", "--reason", "x"],
    ["replace", "99/KH-LĐLĐ", "--by", "98/KH-LĐLĐ"],
    ["batch", "status", "99"],
    ["batch", "create", "không-có", "--kind", "plan"],
    ["batch", "create", "ptdv-2024", "--kind", "không_có"],
    ["documents", "--kind", "không_có"],
    ["register", "outgoing", "--year", "2024", "--org", "ldld-lai-chu"],
    ["register", "start", "không-có:QĐ:2024", "--next", "7"],
    ["records", "show", "case:không-có"],
    ["records", "show", "gì:đó"],
    ["schema", "không_có"],
]


def test_what_does_not_exist_is_said_in_words(desk: Caller) -> None:
    for arguments in UNKNOWN:
        told = desk(*arguments, "--json")
        assert (told.code, told.err) == (2, ""), arguments
        assert told.error["code"] == "not_found", arguments
        plain = desk(*arguments)
        assert (plain.code, plain.out) == (2, ""), arguments
        assert told.error["message"] in plain.err


def test_a_near_name_is_offered(desk: Caller) -> None:
    told = desk("register", "outgoing", "--year", "2024", "--org", "ldld-lai-chu", "--json")
    assert "ldld-lai-chau" in told.error["facts"]["near"]


def test_a_batch_from_choice_to_zip(desk: Caller, ask: Json, here: Path) -> None:
    issued_plan(ask)
    made = ask(
        "batch", "create", "ptdv-2024", "--kind", "introduction_letter", "--date", "2024-05-06"
    )
    assert list(made) == STATUS_KEYS
    number, total = made["id"], made["total"]
    assert (made["state"], made["waiting"], made["numbers"]) == ("ready", total, None)
    assert total > 1
    checked = desk("batch", "check", number, "--json")
    assert list(checked.json) == ["id", "problems", "order"]
    assert checked.code == (1 if checked.json["problems"] else 0)

    assert ask("batch", "pause", number)["state"] == "paused"
    ran = desk("batch", "run", number, "--here", "--json")
    assert list(ran.json) == STATUS_KEYS
    assert ran.json["done"] + ran.json["failed"] == total
    assert ran.err == ""
    assert ran.code == (1 if ran.json["failed"] else 0)
    assert ask("batch", "sign", number) == {"id": number, "signed": ran.json["done"]}
    issued = ask("batch", "issue", number)
    assert issued["numbers"] == [1, ran.json["done"]]
    exported = ask("batch", "export", number, "-o", here / "đợt.zip")
    assert (exported["file"], exported["documents"]) == (str(here / "đợt.zip"), ran.json["done"])
    assert sum(exported["units"].values()) == exported["documents"]
    assert (exported["without_file"], exported["without_pdf"]) == (0, exported["documents"])
    asked = desk("batch", "export", number, "-o", here / "in.zip", "--pdf-per-unit", "--json")
    assert asked.code == 1  # wished for PDFs that are not there
    text = desk("batch", "export", number, "-o", here / "in.zip")
    assert "chưa có PDF: chạy “docgen batch pdf”" in text.out
    with zipfile.ZipFile(here / "đợt.zip") as archive:
        assert len(archive.namelist()) == ran.json["done"] + 1  # the index
    refused = desk("batch", "cancel", number, "--json")
    assert (refused.code, refused.error["code"]) == (2, "conflict")
    unwritable = desk("batch", "export", number, "-o", here / "đợt.zip" / "a.zip", "--json")
    assert (unwritable.code, unwritable.error["code"]) == (2, "unwritable")


def test_what_is_missing_is_a_table_and_a_sheet(desk: Caller, ask: Json, here: Path) -> None:
    """Committees before their founding decisions: nothing can be numbered yet, and what to do is said."""
    made = ask(
        "batch", "create", "ptdv-2024", "--kind", "committee_decision", "--date", "2024-11-20",
        "--where", "state=dossier_filed", "--where", "org=ldld-huyen-tam-duong",
    )  # fmt: skip
    number, sheet = made["id"], here / "chưa đủ.xlsx"
    checked = desk("batch", "check", number, "--xlsx", sheet, "--json")
    assert checked.code == 1
    assert checked.json["order"] == []
    problems = checked.json["problems"]
    assert [one["position"] for one in problems] == [1, 2, 3, 4]
    assert {one["code"] for one in problems} == {"earlier_paper_missing"}
    rows = [[cell.value for cell in row.cells] for row in read_sheet(sheet.read_bytes()).rows]
    assert ["Thứ tự", "Hồ sơ", "Mục", "Vấn đề", "Việc cần làm"] in rows
    assert [row[1] for row in rows[-4:]] == [one["record"] for one in problems]
    text = desk("batch", "check", number)
    assert "Phát hành văn bản được dẫn chiếu trước" in text.out
    founding = ask(
        "batch", "create", "ptdv-2024", "--kind", "founding_decision", "--date", "2024-11-20",
        "--where", "state=dossier_filed", "--where", "org=ldld-huyen-tam-duong",
    )  # fmt: skip
    order = ask("batch", "check", founding["id"])["order"]
    assert [one["place"] for one in order] == [1, 2, 3, 4]
    assert [one["record"] for one in order] == [one["record"] for one in problems]


def test_conditions_of_a_batch_are_checked(desk: Caller) -> None:
    create = ("batch", "create", "ptdv-2024", "--kind", "founding_decision", "--json", "--where")
    for bad in ("state", "=x", "state=", "không_có=1", "state=không_có"):
        told = desk(*create, bad)
        assert (told.code, told.err) == (2, ""), bad
        assert told.error["message"]


def test_registers_as_files(desk: Caller, ask: Json, here: Path) -> None:
    issued_plan(ask)
    for form in ("xlsx", "docx"):
        target = here / f"sổ.{form}"
        told = ask("register", "outgoing", "--year", "2024", "--format", form, "-o", target)
        assert told == {"file": str(target)}
        assert target.read_bytes().startswith(b"PK")
    own = ask("register", "outgoing", "--year", "2024", "--org", "ldld-lai-chau")
    assert [row["full"] for row in own["rows"]] == ["01/KH-LĐLĐ"]


def test_an_office_that_begins_in_mid_year(desk: Caller, ask: Json, here: Path) -> None:
    started = ask("register", "start", "ldld-lai-chau:KH:2024", "--next", "70")
    assert started["next"] == 70
    assert issued_plan(ask)["code"] == "70/KH-LĐLĐ"
    twice = desk("register", "start", "ldld-lai-chau:KH:2024", "--next", "80", "--json")
    assert (twice.code, twice.error["code"]) == (2, "series_has_numbers")


@pytest.mark.parametrize("verb", [["records", "import"], ["register", "import"]])
def test_a_file_that_is_no_workbook(desk: Caller, here: Path, verb: list[str]) -> None:
    more = ["--org", "ldld-lai-chau", "--year", "2024"] if verb[0] == "register" else []
    (here / "hỏng.xlsx").write_bytes(b"PK\x03\x04 gi do")
    for name in ("hỏng.xlsx", "không-có.xlsx", "."):
        told = desk(*verb, name, *more, "--json")
        assert (told.code, told.err) == (2, "")
        assert told.error["code"] == "unreadable"


def test_records_go_out_and_come_back(desk: Caller, ask: Json, here: Path) -> None:
    assert ask("records", "export", "-o", here / "hồ sơ.xlsx") == {"file": str(here / "hồ sơ.xlsx")}
    back = ask("records", "import", here / "hồ sơ.xlsx")
    assert sum(sheet["created"] + sheet["changed"] for sheet in back["sheets"]) == 0
    assert ask("records", "show", CAMPAIGN)["mã"] == "ptdv-2024"
    assert ask("records", "show")["chiến dịch"] == 2
    ask("records", "export", "-o", here / "trống.xlsx", "--template")
    assert (here / "trống.xlsx").stat().st_size < (here / "hồ sơ.xlsx").stat().st_size


def test_a_workbook_with_faults_changes_nothing_and_names_every_cell(
    desk: Caller, ask: Json, here: Path
) -> None:
    before = ask("records", "show")
    ask("records", "export", "-o", "trống.xlsx", "--template")
    book = openpyxl.load_workbook("trống.xlsx")
    sheet = book["Tổ chức"]
    heading = next(row for row in sheet.iter_rows() if sum(bool(c.value) for c in row) > 3)
    for cell in heading:
        sheet.cell(cell.row + 1, cell.column, "không đúng gì cả")
        sheet.cell(cell.row + 2, cell.column, "31/02/2024")
    book.save("lỗi.xlsx")
    told = desk("records", "import", "lỗi.xlsx", "--json")
    assert (told.code, told.err, told.error["code"]) == (2, "", "import_refused")
    wrong = told.error["facts"]["wrong"]
    assert len(wrong) > 2
    assert all(place.startswith("Tổ chức!") for place in wrong)
    plain = desk("records", "import", "lỗi.xlsx")
    assert all(f"{place}: {reason}" in plain.err for place, reason in wrong.items())
    assert ask("records", "show") == before


def test_a_correction_is_asked_for_with_its_errors_and_shown_with_both_papers(
    desk: Caller, ask: Json, here: Path
) -> None:
    plan = issued_plan(ask)
    errors = here / "lỗi.json"
    errors.write_text(
        json.dumps({"corrections": [
            {"place": "nơi nhận", "printed": "Lưu VT", "corrected": "Lưu: VT, TC-KT."}
        ]}, ensure_ascii=False), encoding="utf-8",
    )  # fmt: skip
    record = f"document:{plan['code']}"
    bare = desk("request", "correction_letter", "--for", record, "--date", "2024-05-10", "--json")
    assert (bare.code, bare.error["facts"]["missing"]) == (2, ["corrections"])
    letter = ask(
        "request", "correction_letter", "--for", record, "--date", "2024-05-10", "--data", errors
    )
    assert letter["corrects"] == letter["cites"] == [plan["code"]]
    ask("submit", letter["id"])
    ask("sign", letter["id"], "--signer", signer_of(ask, letter))
    issued = ask("issue", letter["id"], "--date", "2024-05-10")
    assert ask("show", plan["id"])["corrected_by"] == [issued["code"]] == ["01/LĐLĐ-TCKT"]
    assert "đính chính bởi công văn 01/LĐLĐ-TCKT" in desk("show", plan["id"]).out


def test_a_batch_of_reminders(desk: Caller, ask: Json, here: Path) -> None:
    issued_plan(ask)
    batch = ask(
        "batch", "create", "ptdv-2024", "--kind", "reminder_letter", "--date", "2024-10-07",
        "--where", "org=ldld-huyen-nam-nhun",
    )  # fmt: skip
    assert ask("batch", "check", batch["id"])["problems"] == []
    assert ask("batch", "run", batch["id"], "--here")["done"] == 1
    ask("batch", "sign", batch["id"])
    assert ask("batch", "issue", batch["id"])["numbers"] == [1, 1]
    (paper,) = ask("documents", "--kind", "reminder_letter")
    assert (paper["code"], paper["variant"], paper["state"]) == (
        "01/LĐLĐ-TCKT",
        "2024-10",
        "issued",
    )


def test_sweep_and_doctor(desk: Caller, ask: Json) -> None:
    assert ask("sweep") == {
        "freed": 0, "items": 0, "files": 0, "pdfs": 0, "returns": 0, "forms": 0
    }  # fmt: skip
    looked = desk("doctor", "--json")
    checks = {check["key"]: check for check in looked.json["checks"]}
    assert {"python", "home", "database", "fonts", "templates", "registers", "jobs"} <= set(checks)
    assert checks["registers"]["ok"]
    assert all(
        list(check) == ["key", "label", "ok", "found", "remedy", "optional"]
        for check in looked.json["checks"]
    )


def test_unverified_facts_of_both_places(desk: Caller) -> None:
    told = desk("doctor", "--unverified", "--json")
    assert told.code == 1
    found = {(fact["where"], fact["key"]): fact for fact in told.json}
    assert found["profiles", "dieule_XII.dossier_deadline_wd"]["value"] == 15
    assert found["profiles", "dieule_XIII.provisional_months_max"]["value"] == 12
    assert found["profiles", "dieule_XIV"]["valid_from"] is None
    assert found["records", "provisional_months_max"]["value"] == 12
    assert found["profiles", "luat_2012.employer_information"]["value"] == "khoản 5 Điều 22"
    assert ("profiles", "ho_so_dieule_XII") in found
    assert found["profiles", "thoi_han_cong_van.answer_wd"]["value"] == 10
    assert found["records", "number_series_policy"]["value"] == "per_type"
    assert found["records", "coordination_addressees"]["value"]
    lines = desk("doctor", "--unverified").out.splitlines()
    assert len(lines) == len(told.json)
    assert any(
        line.startswith("dieule_XIV: Điều lệ Công đoàn Việt Nam khóa XIV — ") for line in lines
    )
