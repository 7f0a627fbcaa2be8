"""The template checker: every fault, with its place, and no false ones."""

from __future__ import annotations

import io
import json
import re

import pytest
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement

from docgen.engine import Fault, TemplateError, lint
from docgen.engine.faults import RULES, fault_from_facts, part_vi
from docgen.engine.linting import MAX_FAULTS
from tests.docgen.engine import files, make
from tests.docgen.engine.faulty import FAULTY, KNOWN, Faulty, run, xml

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def found(docx: bytes) -> list[Fault]:
    """Faults but fields that are not used."""
    return [fault for fault in lint(docx, vocabulary=KNOWN) if fault.rule != "NAME-05"]


@pytest.mark.parametrize("name", FAULTY)
def test_one_fault_is_found_at_its_place(name: str) -> None:
    case: Faulty = FAULTY[name]
    faults = found(make.template(*case.paragraphs, build=case.build))
    others = {"FILE-01"} if "tracking" in name else set()  # the tracking is told as well
    assert {fault.rule for fault in faults} - others == {case.rule}, [
        str(fault) for fault in faults
    ]
    fault = next((fault for fault in faults if case.said in fault.message), None)
    assert fault is not None, [str(fault) for fault in faults]
    where = fault.where
    if isinstance(case.where, tuple):
        assert (where.table, where.row, where.cell) == case.where
    else:
        assert (where.paragraph or 0, where.table) == (case.where, None)
    assert part_vi(where) == case.part
    assert where.text or where.tag
    if case.suggestion:
        assert case.suggestion in {*fault.suggestions, *(f"loop.{s}" for s in fault.suggestions)}


def test_every_rule_has_a_template_that_breaks_it() -> None:
    others = {"BLOCK-07", "NAME-05", "FILE-06", "FILE-07", "FILE-08"}  # tests of their own below
    assert {case.rule for case in FAULTY.values()} == set(RULES) - others


def test_all_faults_at_once() -> None:
    faults = found(
        make.template(*(case.paragraphs[-1] for case in FAULTY.values() if not case.build))
    )
    assert len({fault.rule for fault in faults}) > 15
    assert [fault.where.paragraph for fault in faults] == sorted(
        fault.where.paragraph or 0 for fault in faults
    )


def test_a_fault_says_the_other_tag_of_the_pair() -> None:
    case = FAULTY["opening in the body, end in a cell"]
    fault = found(make.template(*case.paragraphs, build=case.build))[0]
    assert fault.related is not None
    assert (fault.related.paragraph, fault.related.table) == (1, None)
    assert "đoạn 1" in fault.message


def test_a_picture_beside_a_row_tag() -> None:
    def build(document: Document) -> None:
        make.table(["{%tr for c in ds_can_cu %}"], ["{{ c }}"], ["{%tr endfor %}"])(document)
        row = document.tables[0].cell(0, 0).paragraphs[0]
        row.add_run()._r.append(OxmlElement("w:drawing"))

    assert [fault.rule for fault in found(make.template(build=build))] == ["BLOCK-07"]


def test_pictures_and_sub_documents_in_their_places() -> None:
    def build(document: Document) -> None:
        make.table(["{{ anh_the }}"])(document)
        document.add_picture(io.BytesIO(files.png()))
        for properties in document.element.xpath(".//wp:docPr"):
            properties.set("descr", "{{ anh_the }}")

    docx = make.template(
        "{% if anh_the %}{{ anh_the|default('') }}{% endif %}", "{{p phu_luc }}", build=build
    )
    assert found(docx) == []


def test_a_picture_in_a_row_too_low_for_it() -> None:
    def build(document: Document) -> None:
        make.table(["x", "{{ anh_the }}"])(document)
        document.tables[0].rows[0].height_rule = WD_ROW_HEIGHT_RULE.EXACTLY

    (fault,) = found(make.template(build=build))
    assert (fault.rule, fault.severity, fault.where.cell) == ("PIC-02", "W", 2)


def test_fields_that_are_not_used() -> None:
    docx = make.template("{{ ten_co_quan }} {% for d in ds_doan_vien %}{{ d.ho_ten }}{% endfor %}")
    idle = [fault.name for fault in lint(docx, vocabulary=KNOWN) if fault.rule == "NAME-05"]
    assert "ten_co_quan" not in idle
    assert "ds_doan_vien" not in idle
    assert {"so_doan_vien", "ds_can_cu", "ds_doan_vien[].ngay_sinh"} <= set(idle)
    assert "chi_tieu.ket_nap" not in idle  # its group is named already
    assert {fault.severity for fault in lint(docx, vocabulary=KNOWN)} == {"W"}


def test_what_a_file_may_not_hold_is_a_fault_with_its_part() -> None:
    good = make.members(make.template("a"))["word/_rels/document.xml.rels"].decode()
    link = (
        '<Relationship Id="rId99" TargetMode="External" Target="http://vi.du/anh.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    rels = good.replace("</Relationships>", link).encode()
    docx = make.with_members(make.template("a"), {"word/_rels/document.xml.rels": rels})
    fault = lint(docx)[0]
    assert (fault.rule, fault.severity) == ("FILE-06", "E")
    assert fault.where.part == "word/_rels/document.xml.rels"


def test_what_only_the_renderer_sees() -> None:
    faults = lint(make.template("a -%}", build=make.table(["", "{{ b }}"])))
    assert {"FILE-07"} <= {fault.rule for fault in faults}


def test_names_outside_paragraphs_are_checked_too() -> None:
    def build(document: Document) -> None:
        properties = OxmlElement("wp:docPr")
        properties.set("id", "1")
        properties.set("descr", "Dấu của {{ ten_khac }}")
        drawing = OxmlElement("w:drawing")
        drawing.append(properties)
        document.paragraphs[0].add_run()._r.append(drawing)

    faults = found(make.template("a", build=build))
    assert [(fault.rule, fault.name) for fault in faults] == [("NAME-01", "ten_khac")]


def test_the_copy_of_a_text_box_is_not_told_twice() -> None:
    box = f"<w:txbxContent><w:p>{run('{{ ten_co_quann }}')}</w:p></w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    faults = found(make.template("a", build=xml(both)))
    assert [fault.rule for fault in faults] == ["NAME-01"]


def test_too_many_faults_are_cut() -> None:
    faults = lint(make.template(*(f"{{{{ x{number} + }}}}" for number in range(MAX_FAULTS + 20))))
    assert len(faults) == MAX_FAULTS + 1
    assert faults[-1].rule == "FILE-08"
    assert str(MAX_FAULTS + 20) in faults[-1].message


def test_long_paragraphs_are_shown_around_the_tag() -> None:
    docx = make.template("rất dài " * 200 + "{{ ten_co_quann }}" + " và còn nữa" * 200)
    where = found(docx)[0].where
    assert len(where.text) < 250
    assert "{{ ten_co_quann }}" in where.text


def test_facts_can_be_read_back() -> None:
    for name in ("unknown name", "end beside content", "crossing", "in a property"):
        case = FAULTY[name]
        for fault in found(make.template(*case.paragraphs, build=case.build)):
            assert fault_from_facts(json.loads(json.dumps(fault.as_facts()))) == fault


def test_each_message_says_what_to_do() -> None:
    for case in FAULTY.values():
        for fault in found(make.template(*case.paragraphs, build=case.build)):
            assert re.search(r"[;.?:] ", f"{fault.message} "), fault.message
            assert fault.message[0].isupper() or fault.message[0] in "«{", fault.message


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600]
)
def test_what_is_no_word_file_is_an_error_of_its_own(data: bytes) -> None:
    with pytest.raises(TemplateError):
        lint(data)
