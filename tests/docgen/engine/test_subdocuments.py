"""Sub-documents: joined by docxtpl, filled by us, the same bytes every time; nothing of docxtpl otherwise."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.shared import Mm
from docxtpl import DocxTemplate
from lxml import etree

from docgen.engine import (
    Level,
    Picture,
    QrCode,
    SubDocument,
    TemplateError,
    UnsafeTemplate,
    compile_template,
)
from tests.docgen.engine import files, make

RED = files.png(dpi=96)


def annex(title: str = "PHỤ LỤC I") -> bytes:
    """A document with a heading, a list, a table, a picture, and braces that are no tags."""

    def build(document: Document) -> None:
        document.add_heading(title, 1)
        for text in ("Lò Văn Páo", "H'Mông & {{ khong_phai_the }}"):
            document.add_paragraph(text, style="List Number")
        make.table(["STT", "Tên"], ["1", "Vàng Thị Sao"])(document)
        document.add_picture(io.BytesIO(RED), Mm(20))
        document.sections[0].header.paragraphs[0].text = "không có trong văn bản lớn"

    return make.template("Kèm theo:", build=build)


def host(*before: str, build: make.Build | None = None) -> bytes:
    return make.template(*before, "Điều 1 {{ ten }}", "{{p phu_luc }}", "Hết {{ qr }}", build=build)


def by_docxtpl(template: bytes, sub: bytes, data: dict[str, object]) -> bytes:
    made = DocxTemplate(io.BytesIO(template))
    made.render({**data, "phu_luc": made.new_subdoc(io.BytesIO(sub))}, autoescape=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def look(data: bytes) -> dict[str, Any]:
    document = make.opened(data)
    rels = document.part.rels
    blips = document.element.xpath(".//a:blip/@r:embed")
    return {
        "texts": [(p.style.name, p.text) for p in document.paragraphs],
        "tables": [[[c.text for c in row.cells] for row in t.rows] for t in document.tables],
        "lists": len(document.element.xpath(".//w:numPr")),
        "pictures": [rels[key].target_part.blob for key in blips],
        "extents": [(shape.width, shape.height) for shape in document.inline_shapes],
        "header": [p.text for p in document.sections[0].header.paragraphs],
    }


def test_as_docxtpl_at_every_level() -> None:
    sub, data = annex(), {"ten": "A&B", "qr": ""}
    made = [
        compile_template(host(), level=level).render({**data, "phu_luc": SubDocument(sub)})
        for level in Level
    ]
    assert len({result.sha256 for result in made}) == 1
    assert look(made[0].docx) == look(by_docxtpl(host(), sub, data))
    assert "{{ khong_phai_the }}" in str(look(made[0].docx)["texts"])
    for name, xml in make.members(made[0].docx).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(xml)


def test_two_of_them_one_twice_with_pictures_of_ours() -> None:
    template = make.template(
        "{{p a }}", "{%p for d in ds %}", "{{ d.ten }}", "{{p d.a }}", "{%p endfor %}", "{{ anh }}{{ qr }}"
    )  # fmt: skip
    one, two = SubDocument(annex()), SubDocument(annex("PHỤ LỤC II"))
    data = {
        "a": one,
        "ds": [{"ten": "x", "a": two}, {"ten": "y", "a": one}],
        "anh": Picture(RED, width_mm=5),
        "qr": QrCode("https://vi.vn"),
    }
    result = compile_template(template).render(data).docx
    assert compile_template(template).render(data).docx == result
    seen = look(result)
    titles = [text for _, text in seen["texts"] if text.startswith("PHỤ LỤC")]
    assert titles == ["PHỤ LỤC I", "PHỤ LỤC II", "PHỤ LỤC I"]
    assert seen["pictures"].count(RED) == 4
    ids = make.opened(result).element.xpath(".//wp:docPr/@id")
    assert len(set(ids)) == len(ids) == 5
    media = [data for name, data in make.members(result).items() if "word/media/" in name]
    assert len(set(media)) == len(media) == 2
    lists = [
        node.get(f"{{{make._W}}}val")
        for node in etree.fromstring(make.members(result)["word/numbering.xml"]).iter(
            f"{{{make._W}}}nsid"
        )
    ]
    assert len(set(lists)) == len(lists)


def test_where_it_may_not_stand() -> None:
    def header(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{p phu_luc }}"

    sub = SubDocument(annex())
    for template, said in (
        (make.template("x", "a {{ phu_luc }}"), "{{p }}"),
        (make.template("x", "{{r phu_luc }}"), "{{p }}"),
        (make.template("x", "{{ phu_luc|upper }}"), "văn bản con"),
        (make.template("x", build=header), "thân văn bản"),
    ):
        for level in Level:
            with pytest.raises(TemplateError, match=said) as caught:
                compile_template(template, level=level).render({"phu_luc": sub})
            assert caught.value.where is not None


def test_what_is_no_sound_document_is_refused() -> None:
    template = compile_template(host())
    data = {"ten": "x", "qr": ""}
    with pytest.raises(TemplateError, match=r"không phải \.docx"):
        template.render({**data, "phu_luc": SubDocument(b"PK")})
    with pytest.raises(TemplateError, match="bytes"):
        template.render({**data, "phu_luc": SubDocument("x")})  # type: ignore[arg-type]
    rels = make.members(annex())["word/_rels/document.xml.rels"]
    outside = rels.replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        b' Target="http://x/y.png" TargetMode="External"/></Relationships>',
    )
    spoilt = make.with_members(annex(), {"word/_rels/document.xml.rels": outside})
    with pytest.raises(UnsafeTemplate, match="bên ngoài"):
        template.render({**data, "phu_luc": SubDocument(spoilt)})
    notes = make.with_notes(annex(), "footnotes", "{{ ten }}")
    with pytest.raises(TemplateError, match="cước chú"):
        template.render({**data, "phu_luc": SubDocument(notes)})


def test_docxtpl_is_imported_only_for_it(tmp_path: Path) -> None:
    (tmp_path / "host.docx").write_bytes(host("{{ anh }}"))
    (tmp_path / "annex.docx").write_bytes(annex())
    (tmp_path / "red.png").write_bytes(RED)
    code = (
        "import sys; from pathlib import Path;"
        "from docgen.engine import Picture, QrCode, SubDocument, compile_template;"
        f"at = Path({str(tmp_path)!r}); made = compile_template((at / 'host.docx').read_bytes());"
        "data = {'ten': 'x', 'anh': Picture((at / 'red.png').read_bytes()), 'qr': QrCode('x'), 'phu_luc': 'y'};"
        "made.render(data);"
        "assert not {'docxtpl', 'docx', 'docxcompose', 'PIL'} & set(sys.modules);"
        "made.render({**data, 'thua': SubDocument(b'')});"
        "assert 'docxtpl' not in sys.modules;"
        "made.render({**data, 'phu_luc': SubDocument((at / 'annex.docx').read_bytes())});"
        "assert 'docxtpl' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
