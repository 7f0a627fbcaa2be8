"""A paper dropped at the desk is checked in the cage, shown to its sender alone, and not kept."""

from __future__ import annotations

import io
import os
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client

from docgen.rules import inspect_docx
from records.models import UnionOrg
from registry.models import StoredFile
from tests.web.conftest import SignedIn
from tests.web.papers import upload, wrong_paper
from web import pictures
from web.rights import Role

pytestmark = pytest.mark.django_db
HERE = "/kiem-tra-the-thuc/"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.DOCGEN_HOME = tmp_path
    return tmp_path


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def sent(client: Client, data: bytes, name: str = "Kế hoạch PTĐV.docx") -> str:
    """The address of a paper that was sent and checked."""
    answer = client.post(HERE, {"tep": upload(data, name)})
    assert answer.status_code == 302, text_of(answer)
    address: str = answer["Location"]
    client.post(HERE + "tiep/", {"ma": address.split("/")[2]})
    return address


def test_a_paper_is_checked_marked_and_mended(signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    address = sent(client, wrong_paper())
    page = text_of(client.get(address))
    assert "Kế hoạch PTĐV.docx" in page
    report = inspect_docx(wrong_paper())
    errors = {
        (one.rule, one.message, one.found, one.expected)
        for one in report.findings
        if one.severity == "E"
    }
    assert len(errors) > 10
    assert "Đoạn 5: “Lai Châu, ngày 2 tháng 5 năm 2024”" in page
    assert "Nghị định 30/2020/NĐ-CP, Phụ lục I, " in page
    assert f'<b class="bad">{len(errors)}</b> lỗi' in page
    assert all(one.rule in page for one in report.findings)
    mended = client.get(address + "da-sua.docx")
    assert "filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch" in mended["Content-Disposition"]
    margin = docx.Document(io.BytesIO(mended.content)).sections[0].left_margin
    assert margin is not None
    assert margin.mm == pytest.approx(30, abs=1)
    marked = zipfile.ZipFile(io.BytesIO(client.get(address + "chu-thich.docx").content))
    assert "word/comments.xml" in marked.namelist()
    assert not StoredFile.objects.exists(), "nothing of it enters the store"


def test_several_papers_are_checked_one_after_another(signed_in: SignedIn) -> None:
    client = signed_in(Role.SPECIALIST)
    files = [upload(wrong_paper(margin=m), f"tệp {m}.docx") for m in (5, 8)]
    files.append(upload(b"PK not a paper", "hỏng.docx"))
    assert client.post(HERE, {"tep": files})["Location"] == HERE
    ask: Any = {"headers": {"HX-Request": "true"}}
    assert "còn 3 tệp" in text_of(client.get(HERE))
    for left in (2, 1):
        assert f"còn {left} tệp" in text_of(client.post(HERE + "tiep/", **ask))
    page = text_of(client.post(HERE + "tiep/", **ask))
    assert "hx-trigger" not in page
    assert page.count("nên xem</span>") + page.count("lỗi</span>") >= 2
    assert "Không đọc được" in page


def test_only_the_sender_sees_it(signed_in: SignedIn) -> None:
    mine, other = signed_in(Role.LEADER, username="a"), signed_in(Role.LEADER, username="b")
    address = sent(mine, wrong_paper())
    for part in ("", "trang/", "trang/1.png", "da-sua.docx", "chu-thich.docx"):
        assert other.get(address + part).status_code == 404, part
    other.post(address + "xoa/")
    assert mine.get(address).status_code == 200
    mine.post(address + "xoa/")
    assert mine.get(address).status_code == 404


def test_an_officer_of_a_unit_may_check(signed_in: SignedIn) -> None:
    unit = UnionOrg.objects.create(
        code="u", name="Công đoàn xã", level="upper", kind="commune_union"
    )
    client = signed_in(Role.OFFICER, unit=unit)
    assert client.get(HERE).status_code == 200
    assert client.get(sent(client, wrong_paper())).status_code == 200


def test_after_an_hour_it_is_gone(signed_in: SignedIn, home: Path) -> None:
    client = signed_in(Role.READER)
    address = sent(client, wrong_paper())
    (folder,) = home.glob("tam/papers/*/*/")
    os.utime(folder, (time.time() - 3700,) * 2)
    answer = client.get(address)
    assert answer.status_code == 404
    assert "chỉ giữ một giờ" in text_of(answer)
    assert "Kế hoạch" not in text_of(client.get(HERE))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc kiểu cũ"),
        (b"PK", "không phải .docx"),
    ],
)
def test_what_is_no_paper_is_said_in_words(signed_in: SignedIn, data: bytes, said: str) -> None:
    client = signed_in(Role.READER)
    page = text_of(client.get(sent(client, data)))
    assert said in page
    assert "bản đã sửa" not in page


def test_nothing_and_too_much_are_refused(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(Role.READER)
    assert client.post(HERE).status_code == 422
    many = [upload(b"PK", f"{n}.docx") for n in range(21)]
    assert "nhiều nhất 20 tệp" in text_of(client.post(HERE, {"tep": many}))
    monkeypatch.setattr("web.uploads.MAX_FILE", 1000)
    answer = client.post(HERE, {"tep": upload(b"x" * 1001, "../../lớn.docx")})
    assert answer.status_code == 422
    assert "quá lớn" in text_of(answer)
    monkeypatch.setattr("web.uploads.MAX_TOGETHER", 1500)
    both = [upload(b"x" * 900, "a.docx"), upload(b"x" * 900, "b.docx")]
    assert "Gửi làm nhiều lần" in text_of(client.post(HERE, {"tep": both}))
    assert "a.docx" not in text_of(client.get(HERE))
    assert client.get(HERE + "tiep/").status_code == 405


def test_a_name_that_is_code_is_shown_as_a_name(signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    address = sent(client, wrong_paper(), "<script>alert(1)<!--.docx")
    page = client.get(address).content.decode()
    assert "<script>alert" not in page
    header = client.get(address + "chu-thich.docx")["Content-Disposition"]
    assert header.startswith("attachment")
    assert "\n" not in header


def test_pages_are_made_once_and_drawn(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(Role.READER)
    address = sent(client, wrong_paper())
    assert client.get(address + "trang/1.png").status_code == 404, "not made yet"
    assert f'src="{address}trang/1.png"' in text_of(client.get(address + "trang/"))
    picture = client.get(address + "trang/1.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(address + "trang/9.png").status_code == 404
    monkeypatch.setattr(pictures, "paper_pdf", None)
    assert client.get(address + "trang/").status_code == 200, "from the shelf"


def test_libreoffice_gets_no_file_that_the_check_has_not_read(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "paper_pdf", None)
    client = signed_in(Role.READER)
    waiting: str = client.post(HERE, {"tep": upload(wrong_paper())})["Location"]
    assert "Đang dựng trang" in text_of(client.get(waiting + "trang/"))
    assert "không có trang để xem" in text_of(client.get(sent(client, b"PK") + "trang/"))


def test_without_libreoffice_the_findings_still_stand(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "can_show_pages", lambda: False)
    client = signed_in(Role.READER)
    address = sent(client, wrong_paper())
    assert "chưa có LibreOffice" in text_of(client.get(address + "trang/"))
    assert client.get(address).status_code == 200
