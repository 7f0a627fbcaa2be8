"""Pictures and QR codes as values: what docxtpl's InlineImage makes, on every level, and sound in its package."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from docx.document import Document
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from docgen.engine import (
    Level,
    MissingValues,
    Packing,
    Picture,
    QrCode,
    TemplateError,
    compile_template,
    drawings,
)
from tests.docgen.engine import files, make

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RED, BLUE = files.png(dpi=96), files.jpeg((80, 50), dpi=150)
Data = dict[str, object]


def by_docxtpl(template: bytes, data: Data) -> bytes:
    made = DocxTemplate(io.BytesIO(template))
    made.render(_for_docxtpl(data, made), autoescape=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _for_docxtpl(value: Any, made: DocxTemplate) -> Any:
    if isinstance(value, dict):
        return {key: _for_docxtpl(item, made) for key, item in value.items()}
    if isinstance(value, list):
        return [_for_docxtpl(item, made) for item in value]
    if isinstance(value, QrCode):
        value = Picture(value.image().data, value.size_mm, value.size_mm)
    if isinstance(value, Picture):
        sizes = [None if size is None else Mm(size) for size in (value.width_mm, value.height_mm)]
        return InlineImage(made, io.BytesIO(value.data), *sizes)
    return value


def pictures_of(part: Any) -> list[tuple[str, str, str, bytes]]:
    """Extent and bytes of every drawing of a part, in order."""
    root = etree.fromstring(part.blob)
    return [
        (
            extent.get("cx"),
            extent.get("cy"),
            blip.tag,
            part.rels[blip.get(R + "embed")].target_part.blob,
        )
        for extent, blip in zip(root.iter(WP + "extent"), root.iter(A + "blip"), strict=True)
    ]


def look(data: bytes) -> dict[str, object]:
    document = make.opened(data)
    parts = [document.part, document.sections[0].header.part, document.sections[0].footer.part]
    return {
        "texts": [paragraph.text for paragraph in document.paragraphs],
        "tables": [[[c.text for c in row.cells] for row in table.rows] for table in document.tables],
        "pictures": [pictures_of(part) for part in parts],
        "media": sorted(part.blob for part in document.part.package.image_parts),
        "types": sorted(part.content_type for part in document.part.package.image_parts),
        "header": [p.text for p in document.sections[0].header.paragraphs],
        "title": document.core_properties.title,
    }  # fmt: skip


def drawing_ids(data: bytes) -> list[str]:
    return [
        node.get("id", "")
        for name, xml in make.members(data).items()
        if name.startswith("word/") and name.endswith(".xml")
        for node in etree.fromstring(xml).iter(WP + "docPr")
    ]


def in_rows(document: Document) -> None:
    make.table(
        ["{%tr for d in ds %}", ""], ["{{ d.ten }}", "x{{ d.anh }}y"], ["{%tr endfor %}", ""]
    )(document)


def header_and_footer(document: Document) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "Đầu {{ a }}{{ b }}"
    section.footer.paragraphs[0].text = "{% for d in ds %}{{ d.anh }}{% endfor %}"


def with_a_picture(document: Document) -> None:
    """The template has the same picture already, and another one."""
    document.add_picture(io.BytesIO(RED))
    document.add_picture(io.BytesIO(files.png(color="gray")))


ROWS = [
    {"ten": "Lò Văn Páo", "anh": Picture(BLUE, width_mm=20)},
    {"ten": "H'Mông", "anh": QrCode("https://vi.vn/7", 18)},
    {"ten": "A&B", "anh": Picture(BLUE, height_mm=11)},
]
DATA: Data = {
    "a": Picture(RED),
    "b": Picture(BLUE, width_mm=30, height_mm=12.5),
    "qr": QrCode("Số 07/QĐ-LĐLĐ, ngày 06/5/2024"),
    "ds": ROWS,
    "chu": "chữ & nghĩa",
    "co": True,
}
CASES: dict[str, tuple[list[str], Callable[[Document], object] | None]] = {
    "one": (["Trước {{ a }} sau"], None),
    "alone": (["{{ a }}"], None),
    "two and a code": (["{{ a }}{{ b }}", "{{ qr }} {{ chu }}"], None),
    "the same twice": (["{{ a }} {{ a }}", "{{ a }}"], None),
    "in a condition": (["{% if co %}{{ a }}{% else %}{{ b }}{% endif %}"], None),
    "in a loop": (["{% for d in ds %}{{ d.anh }} {{ d.ten }}; {% endfor %}"], None),
    "paragraphs in a loop": (["{%p for d in ds %}", "{{ loop.index }} {{ d.anh }}", "{%p endfor %}"], None),
    "rows": ([], in_rows),
    "headers": (["{{ a }}"], header_and_footer),
    "the template has it": (["{{ a }} {{ b }}"], with_a_picture),
    "default": (["{{ a|default('') }}{{ thieu|default(b) }}"], None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_as_docxtpl(case: str) -> None:
    paragraphs, build = CASES[case]
    template = make.template(*paragraphs, build=build)
    made = [compile_template(template, level=level).render(DATA).docx for level in Level]
    assert made[0] == made[1] == made[2]
    assert look(made[0]) == look(by_docxtpl(template, DATA))
    ids = drawing_ids(made[0])
    assert ids
    assert len(set(ids)) == len(ids)


def test_pictures_stay_on_the_fastest_level() -> None:
    for paragraphs, build in CASES.values():
        template = compile_template(make.template(*paragraphs, build=build))
        assert template.level is Level.STRAIGHT
        recorder = template._recorder()
        assert template._fast(DATA, None, recorder) is not None
        assert recorder.sheet.drawings is not None


def test_every_part_is_sound_and_the_same_bytes_are_there_once() -> None:
    template = make.template("{{ a }}{{ a }}", build=header_and_footer)
    result = compile_template(template).render(DATA).docx
    found = make.members(result)
    for name, data in found.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    media = [data for name, data in found.items() if name.startswith("word/media/")]
    assert len(set(media)) == len(media) == 3
    assert list(found)[: len(make.members(template))] == [
        "[Content_Types].xml",
        *[name for name in make.members(template) if name != "[Content_Types].xml"],
    ]
    assert compile_template(template).render(DATA).docx == result


def test_the_look_of_the_text_after_it_is_kept() -> None:
    """docxtpl loses it; here text, picture and text are one run."""

    def build(document: Document) -> None:
        document.add_paragraph().add_run("Ông {{ a }} Páo").bold = True

    made = make.opened(compile_template(make.template(build=build)).render(DATA).docx)
    (run,) = made.paragraphs[0].runs
    assert (run.text, run.bold) == ("Ông  Páo", True)
    assert len(made.inline_shapes) == 1


def test_a_run_or_a_paragraph_of_its_own() -> None:
    template = compile_template(make.template("x {{r a }} y", "{{p b }}", "z"))
    made = make.opened(template.render(DATA).docx)
    assert [p.text for p in made.paragraphs] == ["x  y", "", "z"]
    assert [shape.width for shape in made.inline_shapes] == [Mm(15.875), Mm(30)]


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_in_notes_with_relations_of_their_own(kind: str) -> None:
    template = make.with_notes(make.template("{{ b }}"), kind, "{{ a }}")
    found = make.members(compile_template(template).render(DATA).docx)
    notes = etree.fromstring(found[f"word/{kind}.xml"])
    (blip,) = notes.iter(A + "blip")
    rels = etree.fromstring(found[f"word/_rels/{kind}.xml.rels"])
    (target,) = [node.get("Target") for node in rels if node.get("Id") == blip.get(R + "embed")]
    assert found[f"word/{target}"] == RED


def test_a_document_of_ours_may_be_a_template_again() -> None:
    first = compile_template(make.template("{{ a }} {_{ a }_}", build=header_and_footer))
    again = first.render(DATA).docx
    result = compile_template(again).render(DATA).docx
    assert len(pictures_of(make.opened(result).part)) == 2
    assert len({data for name, data in make.members(result).items() if "media/" in name}) == 3
    ids = drawing_ids(result)
    assert len(set(ids)) == len(ids)


def test_a_type_that_the_template_gives_otherwise() -> None:
    template = make.template("{{ a }}{{ b }}")
    types = make.members(template)["[Content_Types].xml"]
    other = types.replace(
        b"</Types>", b'<Default Extension="PNG" ContentType="application/octet-stream"/></Types>'
    )
    made = compile_template(make.with_members(template, {"[Content_Types].xml": other}))
    document = make.opened(made.render(DATA).docx)
    found = {part.content_type for part in document.part.package.image_parts}
    assert found == {"image/png", "image/jpeg"}


def test_a_description_for_those_who_cannot_see() -> None:
    value = Picture(RED, alt='Ảnh "thẻ" <A&B>')
    root = etree.fromstring(
        make.members(compile_template(make.template("{{ a }}")).render({"a": value}).docx)[
            "word/document.xml"
        ]
    )
    assert [node.get("descr") for node in root.iter(WP + "docPr")] == ['Ảnh "thẻ" <A&B>']


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Picture(b"GIF89a"), "GIF"),
        (Picture(RED[:-20]), "hỏng"),
        (Picture("x"), "bytes"),  # type: ignore[arg-type]
        (Picture(RED, width_mm=0), "cỡ hình"),
        (Picture(RED, height_mm=float("nan")), "cỡ hình"),
        (Picture(RED, width_mm=5000), "cỡ hình"),
        (Picture(files.png((3000, 10), dpi=72)), "1058 mm"),
        (QrCode("x" * 3000), "quá dài"),
        (QrCode(""), "không trống"),
        (QrCode("x\ud800"), "ký tự hỏng"),
        (QrCode("x", size_mm=-1), "cỡ hình"),
        (Picture(RED, alt="x\ud800"), "ký tự hỏng"),
    ],
)
def test_what_is_no_picture_names_its_place_and_its_name(
    value: object, said: str, level: Level
) -> None:
    template = compile_template(make.template("x", "Ảnh: {{ don_vi.anh }}"), level=level)
    with pytest.raises(TemplateError, match=said) as caught:
        template.render({"don_vi": {"anh": value}})
    assert caught.value.where is not None
    assert caught.value.where.paragraph == 2
    assert "don_vi.anh" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ a|upper }}", "hình"),
        ("{{ 'x' ~ qr }}", "mã QR"),
        ("{% for x in a %}x{% endfor %}", "danh sách"),
        ("{{ [a]|join }}", "hình"),
    ],
)
def test_a_picture_is_no_text_and_no_list(text: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        compile_template(make.template(text)).render(DATA)
    with pytest.raises(MissingValues, match=r"a\.data"):
        compile_template(make.template("{{ a.data }}")).render(DATA)


def test_not_in_a_property() -> None:
    def build(document: Document) -> None:
        document.core_properties.title = "{{ a }}"

    with pytest.raises(TemplateError, match="không đặt được hình"):
        compile_template(make.template("x", build=build)).render(DATA)


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "MAX_PICTURES", 2)
    template = compile_template(make.template("{% for a in ds %}{{ a }}{% endfor %}"))
    with pytest.raises(TemplateError, match="quá nhiều hình"):
        template.render({"ds": [Picture(files.png((n + 1, 5))) for n in range(3)]})
    template.render({"ds": [Picture(RED)] * 50})


def test_threads_sharing_a_template_never_mix_pictures() -> None:
    """The album of the template is opened by eight at once."""
    template = compile_template(make.template("{{ a }} {{ ten }}", build=header_and_footer))
    shades = [files.png((10 + n, 10), dpi=96) for n in range(8)]

    def work(number: int) -> bool:
        own, rows = shades[number % 8], [{"anh": QrCode(f"số {number % 8}", 20)}] * 2
        data = {"a": Picture(own), "b": Picture(BLUE), "ten": f"{number}", "ds": rows}
        document = make.opened(template.render(data).docx)
        header, footer = document.sections[0].header.part, document.sections[0].footer.part
        return (
            [item[3] for item in pictures_of(document.part)] == [own]
            and [item[3] for item in pictures_of(header)] == [own, BLUE]
            and [item[3] for item in pictures_of(footer)] == [rows[0]["anh"].image().data] * 2
            and document.paragraphs[0].text == f" {number}"
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(64)))


def test_the_codec_of_the_template_is_used_for_all_of_it() -> None:
    made = compile_template(make.template("{{ a }}"), packing=Packing("zlib", 9))
    assert look(made.render(DATA).docx) == look(
        compile_template(make.template("{{ a }}")).render(DATA).docx
    )


def framed(alt: str, *, twice: bool = False) -> bytes:
    """A template with a picture of 30 by 20 mm that may be replaced."""

    def build(document: Document) -> None:
        for _ in range(2 if twice else 1):
            document.add_picture(io.BytesIO(files.png(color="gray")), Mm(30), Mm(20))
        for node in document.element.iter(WP + "docPr"):
            node.set("descr", alt)
        document.add_paragraph("{{ chu }}")

    return make.template("x {{ chu }}", build=build)


def test_a_picture_of_the_author_is_replaced_in_its_frame() -> None:
    """As docxtpl's replace_pic: another picture, the same place and size."""
    template = framed("{{ anh }}")
    made = compile_template(template)
    assert (made.level, "anh" in made.names) == (Level.STRAIGHT, True)
    assert made.places["anh"][0].paragraph == 2
    results = [
        compile_template(template, level=level).render(
            {"anh": Picture(BLUE, alt="Ảnh thẻ"), "chu": "a"}
        )
        for level in Level
    ]
    assert len({result.sha256 for result in results}) == 1
    theirs = DocxTemplate(io.BytesIO(framed("")))
    theirs.replace_pic("image.png", io.BytesIO(BLUE))
    theirs.render({"chu": "a"})
    out = io.BytesIO()
    theirs.save(out)
    wanted, found = look(out.getvalue()), look(results[0].docx)
    assert (found["pictures"], found["texts"]) == (wanted["pictures"], wanted["texts"])
    (properties,) = make.opened(results[0].docx).element.iter(WP + "docPr")
    assert properties.get("descr") == "Ảnh thẻ"


def test_text_in_a_frame_is_its_description() -> None:
    for alt, data, said in (
        ("{{ anh }}", {"anh": "Ảnh của A&B"}, "Ảnh của A&B"),
        ("{{ anh|default('') }}", {}, ""),
        ("Ảnh {{ anh }}", {"anh": "B"}, "Ảnh B"),
    ):
        made = make.opened(compile_template(framed(alt)).render({**data, "chu": ""}).docx)
        assert [node.get("descr") for node in made.element.iter(WP + "docPr")] == [said]
        assert pictures_of(made.part)[0][3] == files.png(color="gray")
    with pytest.raises(MissingValues, match="anh"):
        compile_template(framed("{{ anh }}")).render({"chu": ""})
    with pytest.raises(TemplateError, match="GIF") as caught:
        compile_template(framed("{{ anh }}")).render({"anh": Picture(b"GIF89a"), "chu": ""})
    assert caught.value.where is not None
    assert caught.value.where.paragraph == 2


def test_a_frame_in_a_loop_gets_ids_and_pictures_of_its_own() -> None:
    def build(document: Document) -> None:
        document.add_picture(io.BytesIO(files.png(color="gray")), Mm(30))
        for node in document.element.iter(WP + "docPr"):
            node.set("descr", "{{ d.anh }}")
        document.add_paragraph("{%p endfor %}")

    template = make.template("{%p for d in ds %}", build=build)
    results = {compile_template(template, level=each).render(DATA).docx for each in Level}
    (result,) = results
    shown = [item[3] for item in pictures_of(make.opened(result).part)]
    assert shown == [BLUE, ROWS[1]["anh"].image().data, BLUE]  # type: ignore[attr-defined]
    assert len(set(drawing_ids(result))) == 3
