"""Templates at the desk: seen, taken, tried, published; faults with their places; names to copy."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client

from docgen.models import TemplateVersion
from docgen.templates import template_in_use
from records.models import Campaign, UnionOrg
from tests.architecture.sources import ROOT
from tests.sample import PLAN, draft, sample, sample_rows
from tests.web.conftest import SignedIn
from tests.web.papers import upload
from web.rights import Role
from web.wordtemplates.queries import names_for

__all__ = ["sample", "sample_rows"]
pytestmark = pytest.mark.django_db
LIBRARY = ROOT / "templates_docx"
HERE = "/mau-van-ban/founding_decision/thanh_lap/"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.DOCGEN_HOME = tmp_path
    settings.FILES_DIR = tmp_path / "files"


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def template(*, cell: str = "", line: str = "") -> bytes:
    """The shipped template with a table of one cell, or a line, behind it."""
    paper = docx.Document(str(LIBRARY / "founding_decision" / "thanh_lap.docx"))
    if cell:
        paper.add_table(rows=1, cols=1).cell(0, 0).text = cell
    if line:
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def sent(client: Client, data: bytes) -> str:
    answer = client.post(HERE + "thu/", {"tep": upload(data, "Mẫu mới.docx")})
    assert answer.status_code == 302, text_of(answer)
    address: str = answer["Location"]
    return address


def test_the_list_names_versions_and_their_use(
    sample: Campaign, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    draft(*PLAN, on=sample.starts_on)
    client = signed_in(Role.READER)
    with django_assert_max_num_queries(14):
        page = text_of(client.get("/mau-van-ban/"))
    assert "Quyết định thành lập" in page
    row = re.search(r"mau-van-ban/plan/[^<]*<.*?</tr>", page)
    assert row is not None
    assert '<td class="num">1</td> </tr>' in row.group()
    one = text_of(client.get(HERE))
    assert "Có sẵn trong phần mềm" in one
    assert "Đang dùng" in one


def test_a_version_is_taken_as_a_word_file(signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    answer = client.get(HERE + "1.docx")
    assert answer.content == (LIBRARY / "founding_decision" / "thanh_lap.docx").read_bytes()
    assert "attachment" in answer["Content-Disposition"]
    assert client.get(HERE + "9.docx").status_code == 404
    assert client.get("/mau-van-ban/founding_decision/khong-co/").status_code == 404
    assert client.get("/mau-van-ban/khong-co/thanh_lap/").status_code == 404


def test_a_fault_is_shown_at_its_place_with_the_name_that_may_be_meant(signed_in: SignedIn) -> None:
    client = signed_in(Role.SECRETARY)
    address = sent(client, template(cell="{{ ten_cong_doan_co_xo }}"))
    page = text_of(client.get(address))
    assert re.search(r"Thân văn bản, bảng \d+, hàng 1, ô 1", page)
    assert "có phải «ten_cong_doan_co_so»" in page
    assert "Ban hành mẫu này" not in page
    marked = client.get(address + "co-loi.docx")
    assert (
        "Mẫu mới" in marked["Content-Disposition"] or "M%E1%BA%ABu" in marked["Content-Disposition"]
    )
    assert marked.content.startswith(b"PK")
    assert client.get(address + "ban-thu.docx").status_code == 404
    assert client.get(address + "trang/").status_code == 404
    refused = client.post(address + "ban-hanh/")
    assert refused.status_code == 422
    assert "chưa ban hành" in text_of(refused)
    assert not TemplateVersion.objects.exists()


def test_a_good_template_is_filled_shown_and_published_once(signed_in: SignedIn) -> None:
    client = signed_in(Role.SECRETARY)
    data = template(line="Số đoàn viên: {{ so_doan_vien }}")
    address = sent(client, data)
    assert "Mẫu không có lỗi" in text_of(client.get(address))
    filled = docx.Document(io.BytesIO(client.get(address + "ban-thu.docx").content))
    assert re.fullmatch(r"Số đoàn viên: \d+", filled.paragraphs[-1].text)
    assert f'src="{address}trang/1.png"' in text_of(client.get(address + "trang/"))
    assert client.get(address + "trang/1.png").content.startswith(b"\x89PNG")
    for _ in range(2):
        assert client.post(address + "ban-hanh/")["Location"] == HERE
    (version,) = TemplateVersion.objects.all()
    assert (version.name, version.version) == ("founding_decision/thanh_lap", 2)
    assert version.published_by == "nguoi-thu"
    assert template_in_use(version.name, library=LIBRARY).read() == data
    assert "Lần 2" in text_of(client.get(HERE))


@pytest.mark.parametrize("data", [b"", b"PK broken", b"%PDF-1.7"])
def test_what_is_no_template_is_said_in_words(signed_in: SignedIn, data: bytes) -> None:
    client = signed_in(Role.SECRETARY)
    page = text_of(client.get(sent(client, data)))
    assert "Tệp không phải .docx" in page
    assert "Ban hành mẫu này" not in page


def test_a_specialist_tries_and_does_not_publish(signed_in: SignedIn) -> None:
    client = signed_in(Role.SPECIALIST)
    address = sent(client, template(line="x"))
    assert "Ban hành mẫu này" not in text_of(client.get(address))
    assert client.post(address + "ban-hanh/").status_code == 403
    other = signed_in(Role.SECRETARY, username="khac")
    assert other.get(address).status_code == 404, "on its sender's shelf only"
    assert other.post(address + "ban-hanh/").status_code == 404


def test_an_officer_of_a_unit_sees_no_template(signed_in: SignedIn) -> None:
    unit = UnionOrg.objects.create(
        code="u", name="Công đoàn xã", level="upper", kind="commune_union"
    )
    officer = signed_in(Role.OFFICER, unit=unit)
    for address in ("/mau-van-ban/", "/mau-van-ban/ten-truong/", HERE, HERE + "1.docx"):
        assert officer.get(address).status_code == 403, address
    assert officer.post(HERE + "thu/").status_code == 403


def test_names_are_found_without_diacritics_and_have_a_tag_to_copy(signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    page = text_of(client.get("/mau-van-ban/ten-truong/?tim=nguoi+KY"))
    assert 'data-copy="{{ ho_ten_nguoi_ky }}"' in page
    assert "ten_co_quan_chu_quan" not in page
    part = text_of(client.get("/mau-van-ban/ten-truong/?tim=zzz", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Không có tên nào" in part


def test_the_tag_fits_the_type_of_the_name() -> None:
    tags = {one.name: one.tag for one in names_for("founding_decision", query="")}
    assert tags["ten_co_quan"] == "{{ ten_co_quan }}"
    assert tags["ds_can_cu"] == "{%p for dong in ds_can_cu %}"
    assert "thoi_gian_bat_dau" not in tags, "a name of another kind"
    every = {one.name: one.tag for one in names_for("", query="")}
    assert every["ds_doan_vien[].ho_ten"] == "{{ dong.ho_ten }}"
