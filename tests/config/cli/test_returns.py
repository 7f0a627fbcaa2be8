"""Returned forms on the command line: from the file to the decision that is requested with nothing typed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from records.models import Campaign, CaseState, ChangeLog, FoundingCase
from tests.config.cli.calls import Caller
from tests.intake.forms import word_form
from tests.intake.test_dossier import PEOPLE, collective, dossier, survey, untouched

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(call: Caller, sample: Campaign, here: Path) -> Caller:
    """The command line over the sample store, in a folder of its own."""
    return call


def written(kind: str, data: dict[str, object]) -> Path:
    path = Path(f"{kind}.docx")
    path.write_bytes(word_form(kind, data))
    return path


def taken(desk: Caller, kind: str, data: dict[str, object]) -> int:
    """The number of a form received, accepted and applied."""
    answer = desk("intake", str(written(kind, data)), "--json")
    form = int(json.loads(answer.out)[0]["forms"][0]["id"])
    decided = desk("review", "decide", str(form), "--accept-all", "--apply", "--json")
    assert (decided.code, json.loads(decided.out)["state"]) == (0, "applied"), decided.out
    return form


def test_a_dossier_makes_the_decisions_requestable_with_nothing_typed(
    desk: Caller, sample: Campaign
) -> None:
    case = untouched(sample)
    place = case.enterprise
    taken(desk, "enterprise_survey", survey(place))
    taken(desk, "collective_application", collective(place))
    for kind, data in dossier(place).items():
        taken(desk, kind, data)
    case.refresh_from_db()
    assert case.state == "dossier_filed"
    answer = desk(
        "request",
        "founding_decision",
        "--for",
        f"case:{case.code}",
        "--date",
        "2026-12-01",
        "--json",
    )
    assert answer.code == 0, answer.out
    paper = json.loads(answer.out)
    paper = paper[0] if isinstance(paper, list) else paper
    assert (paper["kind"], paper["state"]) == ("founding_decision", "draft")


def test_received_again_nothing_changes_and_it_says_so(desk: Caller, sample: Campaign) -> None:
    path = written("enterprise_survey", survey(untouched(sample).enterprise))
    first = desk("intake", str(path), "--from", "ldld-lai-chau", "--json")
    assert first.code == 1  # it waits for a person
    again = desk("intake", str(path))
    assert again.code == 0
    assert "đã nhận từ trước" in again.out
    entry = json.loads(first.out)[0]
    assert {"file", "outcome", "received", "sha256", "state", "forms"} == set(entry)
    assert {"fields", "tables", "problems", "status", "id", "state"} <= set(entry["forms"][0])


def test_lists_show_no_personal_data_and_who_looks_is_written_down(
    desk: Caller, sample: Campaign
) -> None:
    path = written("collective_application", collective(untouched(sample).enterprise))
    path.rename("don-cua-Lò-Thị-Mẫu.docx")
    form = json.loads(desk("intake", "don-cua-Lò-Thị-Mẫu.docx", "--json").out)[0]["forms"][0]["id"]
    listed = [
        desk("review", "list").out,
        desk("review", "list", "--json").out,
        desk("intake", "report").out,
    ]
    for name, _, dob, number in PEOPLE:
        assert all(one not in text for text in listed for one in (name, number, dob))
    assert not ChangeLog.objects.filter(action="seen").exists()
    shown = desk("review", "show", str(form), "--as", "Lò Văn Ín").out
    assert PEOPLE[0][0] in shown
    for _, _, dob, number in PEOPLE:  # the screen may be seen by others
        assert number not in shown
        assert dob not in shown
        assert f"•••{number[-3:]}" in shown
    full = desk("review", "show", str(form), "--full").out
    assert all(number in full for _, _, _, number in PEOPLE)
    assert ChangeLog.objects.filter(action="seen").first().actor == "Lò Văn Ín"


def test_decisions_field_by_field(desk: Caller, sample: Campaign) -> None:
    data = survey(untouched(sample).enterprise) | {"enterprise_name": "Công ty TNHH Một Hai Ba"}
    form = json.loads(desk("intake", str(written("enterprise_survey", data)), "--json").out)[0][
        "forms"
    ][0]["id"]
    name = untouched(sample).enterprise.name
    refused = desk("review", "decide", str(form), "--apply", "--json")
    assert (refused.code, json.loads(refused.out)["error"]["code"]) == (2, "still_open")
    answer = desk("review", "decide", str(form), "--correct", f"enterprise_name={name}", "--correct",
                  "workers_total=28", "--correct", "has_union=không", "--reject", "workers_female",
                  "--reason", "Gọi điện hỏi lại", "--json")  # fmt: skip
    values = json.loads(answer.out)["values"]
    assert (values["enterprise_name"], values["workers_total"], values["has_union"]) == (
        name,
        28,
        False,
    )
    assert values["workers_female"] is None
    wrong = desk("review", "decide", str(form), "--correct", "workers_total=nhiều", "--json")
    assert (wrong.code, json.loads(wrong.out)["error"]["code"]) == (2, "bad_value")
    shown = desk("review", "show", str(form)).out
    assert "sửa Tên doanh nghiệp (Gọi điện hỏi lại)" in shown
    back = desk("review", "decide", str(form), "--send-back", "--reason", "Phiếu của năm trước")
    assert back.code == 0
    assert desk("review", "list").out.strip() == "Không có biểu mẫu nào chờ kiểm tra."


def test_unreadable_files_alone_and_among_others(desk: Caller, sample: Campaign) -> None:
    Path("hong.pdf").write_bytes(b"%PDF-1.4 cut off")
    alone = desk("intake", "hong.pdf", "--json")
    assert alone.code == 2
    assert "vẫn được giữ" in json.loads(alone.out)["error"]["message"]
    Path("khac.pdf").write_bytes(b"%PDF-1.4 cut off too")
    good = written("enterprise_survey", survey(untouched(sample).enterprise))
    both = desk("intake", "khac.pdf", str(good), "khong-co.docx", "--json")
    assert both.code == 1
    first, second, third = json.loads(both.out)
    assert "error" in first
    assert second["outcome"] == "new"
    assert third["error"]["code"] == "unreadable"


def test_a_drop_folder_in_one_round(desk: Caller, sample: Campaign) -> None:
    folder = Path("nhan")
    folder.mkdir()
    good = written("enterprise_survey", survey(untouched(sample).enterprise))
    good.rename(folder / "phieu.docx")
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 cut off")
    answer = desk("intake", "watch", str(folder), "--once", "--settle", "0", "--json")
    assert answer.code == 1
    assert {entry["file"] for entry in json.loads(answer.out)} == {"phieu.docx", "hong.pdf"}
    assert sorted(path.name for path in folder.iterdir()) == ["da-nhan", "khong-nhan"]
    assert (folder / "da-nhan" / "phieu.docx").exists()
    assert (folder / "khong-nhan" / "hong.pdf.ly-do.txt").read_text(encoding="utf-8").strip()


def test_the_report_of_who_returned_what(desk: Caller, sample: Campaign) -> None:
    desk(
        "intake",
        str(written("enterprise_survey", survey(untouched(sample).enterprise))),
        "--from",
        "ldld-lai-chau",
    )
    answer = desk("intake", "report", "--json")
    assert answer.code == 1
    told = json.loads(answer.out)
    assert told["totals"]["needs_review"] == 1
    assert set(told["totals"]) == {"expected", "overdue", "received", "reading", "needs_review", "applied",
                                   "sent_back", "duplicate"}  # fmt: skip
    assert told["forms"][0]["unit"] == "Liên đoàn Lao động tỉnh Lai Châu"
    assert FoundingCase.objects.exists()


def test_a_mailbox_that_is_not_set_is_told(desk: Caller) -> None:
    answer = desk("intake", "mail", "--json")
    assert (answer.code, json.loads(answer.out)["error"]["code"]) == (2, "bad_setting")


def test_papers_of_a_dossier_are_written_down(desk: Caller, sample: Campaign) -> None:
    case = FoundingCase.objects.filter(campaign=sample, state=CaseState.CONGRESS_HELD).first()
    case = case or FoundingCase.objects.filter(campaign=sample, path="congress")[0]
    FoundingCase.objects.filter(pk=case.pk).update(
        state=CaseState.DOSSIER_FILED, dossier={}, dossier_complete_on=None
    )
    day = ("--date", "2024-06-03")  # the parts are those that the rules of the day ask for
    first = desk("records", "dossier", f"case:{case.code}", *day, "--json")
    items = json.loads(first.out)["items"]
    assert first.code == 1
    assert not any(one["received"] for one in items)
    wrong = desk("records", "dossier", case.code, "--has", "anh-the", *day, "--json")
    assert (wrong.code, "congress_minutes" in wrong.out) == (2, True)
    codes = [arg for one in items for arg in ("--has", one["code"])]
    whole = desk("records", "dossier", case.code, *codes, *day)
    assert whole.code == 0
    assert "Đủ thành phần từ ngày 03/6/2024" in whole.out
    case.refresh_from_db()
    assert case.dossier_complete_on == date(2024, 6, 3)
