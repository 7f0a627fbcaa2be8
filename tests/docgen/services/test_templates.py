"""Publishing a template: checked, tried, versioned; new documents take it, older ones keep theirs."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from django.db import IntegrityError, transaction

from core.errors import NotFound
from docgen.engine import TemplateError
from docgen.kinds import get_kind
from docgen.models import Document, TemplateVersion
from docgen.services.templates import TemplateRefused, publish_template, template_name
from docgen.templates import keep_template, template_for, template_in_use, template_library
from records.models import Campaign
from registry.files import read
from tests.architecture.sources import ROOT
from tests.docgen.engine import make
from tests.sample import CLERK, PLAN, draft

LIBRARY = ROOT / "templates_docx"
KIND, NAME = "founding_decision", "founding_decision/thanh_lap"
DATA = {"act": "found"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: object) -> None:
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]


def changed(text: str) -> bytes:
    """The shipped template with one more paragraph."""
    document = docx.Document(str(LIBRARY / f"{NAME}.docx"))
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def publish(data: bytes, name: str = "thanh_lap") -> TemplateVersion:
    return publish_template(data, kind=KIND, name=name, actor="Lò Thị Ánh", library=LIBRARY).version


def test_the_shipped_template_is_in_use_until_another_is_published() -> None:
    kind = get_kind(KIND)
    before = template_for(kind, DATA, library=LIBRARY)
    assert (before.version, before.published) == ("1", None)
    old_file = keep_template(before)
    data = changed("Số đoàn viên: {{ so_doan_vien }}")
    version = publish(data)
    assert (version.name, version.version, version.published_by) == (NAME, 2, "Lò Thị Ánh")
    after = template_for(kind, DATA, library=LIBRARY)
    assert after.read() == data
    assert keep_template(after) == version.file != old_file
    assert template_in_use("founding_decision/cong_nhan", library=LIBRARY).published is None


def test_versions_grow_and_the_same_file_makes_none() -> None:
    data = changed("Lần một")
    first = publish(data)
    again = publish_template(data, kind=KIND, name=NAME, actor="x", library=LIBRARY)
    assert (again.is_new, again.version) == (False, first)
    assert publish(changed("Lần hai")).version == 3
    assert publish(data).version == 4  # back to the first: a version of its own
    assert TemplateVersion.objects.filter(name=NAME).count() == 3


def test_a_template_with_errors_is_refused_with_all_of_them() -> None:
    data = changed("{{ ten_co_quann }} {% if so_doan_vien %}")
    with pytest.raises(TemplateRefused) as caught:
        publish(data)
    assert {fault.rule for fault in caught.value.faults} >= {"NAME-01", "BLOCK-01"}
    assert "2 lỗi" in caught.value.message
    assert not TemplateVersion.objects.exists()


def test_a_template_that_cannot_be_filled_is_refused() -> None:
    with pytest.raises(TemplateError, match="Không tính được"):
        publish(changed("{{ so_doan_vien / ten_co_quan }}"))
    with pytest.raises(TemplateError, match="không mở được"):
        publish(b"not a file")
    assert not TemplateVersion.objects.exists()


def test_a_name_that_no_document_would_use_is_refused() -> None:
    for name in ("thanh_lapp", "committee_decision/lam_thoi", "../thanh_lap"):
        with pytest.raises(NotFound, match="thanh_lap"):
            template_name(KIND, name, library=LIBRARY)
    with pytest.raises(NotFound):
        publish_template(b"", kind="khong_co", name="x", actor="x", library=LIBRARY)


def test_published_versions_are_never_changed() -> None:
    version = publish(changed("Lần một"))
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.create(
            name=NAME, kind=KIND, version=2, title="x", file=version.file, published_by="x"
        )


def test_the_list_has_every_template_once() -> None:
    publish(changed("Lần một"))
    entries = {entry.name: entry for entry in template_library(LIBRARY)}
    assert set(entries) == {
        path.relative_to(LIBRARY).with_suffix("").as_posix() for path in LIBRARY.glob("*/*.docx")
    }
    assert [name for name, entry in entries.items() if entry.published] == [NAME]
    assert entries[NAME].kind == KIND


def test_new_documents_take_the_published_template_and_older_ones_keep_theirs(
    sample: Campaign,
) -> None:
    before = draft(*PLAN, on=date(2024, 5, 2))
    document = docx.Document(str(LIBRARY / f"{before.template}.docx"))
    document.add_paragraph("Theo mẫu mới của {{ ten_co_quan_trong_cau }}.")
    out = io.BytesIO()
    document.save(out)
    version = publish_template(
        out.getvalue(), kind="plan", name=before.template, actor=CLERK, library=LIBRARY
    ).version
    before.refresh_from_db()
    assert before.template_file != version.file
    assert [value.template_file_id for value in Document.objects.all()] == [before.template_file_id]
    Document.objects.filter(pk=before.pk).update(request_key="khác", record="campaign:khác")
    after = draft(*PLAN, on=date(2024, 5, 2))
    assert after.template_file == version.file
    assert after.draft_file is not None
    last = make.paragraphs(read(after.draft_file))[-1]
    assert last == "Theo mẫu mới của Liên đoàn Lao động tỉnh Lai Châu."
