"""Templates without faults: awkward ones too. What the checker passes, the renderer takes."""

from __future__ import annotations

import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from docgen.engine import compile_template, lint
from docgen.engine.faults import ERROR
from docgen.kinds import KINDS
from docgen.kinds.template_names import example_numbering, template_names
from tests.architecture.sources import ROOT
from tests.docgen.engine import make
from tests.docgen.engine.faulty import KNOWN, control, header, run, title, xml
from tests.docgen.engine.test_any_template import LINE
from tests.docgen.engine.test_like_docxtpl import CASES

SHIPPED = sorted((ROOT / "templates_docx").glob("*/*.docx"))
DATA: dict[str, object] = {
    "ten_co_quan": "Công đoàn Công ty TNHH A&B <X>",
    "so_doan_vien": 12,
    "ngay_ban_hanh": "ngày 06 tháng 5 năm 2024",
    "co_dinh_kem": True,
    "chi_tieu": {"ket_nap": "900"},
    "ds_can_cu": ["Căn cứ Luật Công đoàn;", "Căn cứ Điều lệ;"],
    "ds_doan_vien": [
        {"ho_ten": "Giàng A Páo", "ngay_sinh": "1990", "items": "x"},
        {"ho_ten": "H'Mông", "ngay_sinh": "1991", "items": "y"},
    ],
}


def errors(docx: bytes, known: dict[str, str] | None = None) -> list[str]:
    return [
        str(fault)
        for fault in lint(docx, vocabulary=KNOWN if known is None else known)
        if fault.severity == ERROR
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_our_own_templates_are_clean_and_take_the_example(path: object) -> None:
    kind = KINDS[path.parent.name]  # type: ignore[attr-defined]
    docx = path.read_bytes()  # type: ignore[attr-defined]
    faults = lint(docx, vocabulary=template_names(kind))
    assert {fault.rule for fault in faults} <= {"NAME-05"}, [str(fault) for fault in faults]
    context = kind.context(kind.schema.example, example_numbering(kind))
    assert compile_template(docx).render(context).docx


def _split_runs(document: Document) -> None:
    paragraph = document.add_paragraph()
    for number, piece in enumerate(("{", "{ ten", "_co_", "quan|up", "per }", "} hết")):
        paragraph.add_run(piece).bold = number % 2 == 0


def _nested_table(document: Document) -> None:
    outer = document.add_table(rows=1, cols=1)
    inner = outer.cell(0, 0).add_table(rows=3, cols=1)
    for row, text in zip(
        inner.rows,
        ("{%tr for d in ds_doan_vien %}", "{{ d.ho_ten }}", "{%tr endfor %}"),
        strict=True,
    ):
        row.cells[0].text = text


_BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>'
    + run("{% if co_dinh_kem %}{{ ten_co_quan }}{% endif %}")
    + "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
INS = '<w:ins w:id="1" w:author="x">'
_LINK = f'<w:hyperlink w:anchor="a">{run("{{ ten_")}{run("co_quan }}")}</w:hyperlink>'
_CONTROL = control("{{ ten_co_quan }}", '<w:tag w:val="x"/>')
_MARKS = (
    run("{{ ten")
    + '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="7" w:name="m"/>'
    + run("_co_quan")
    + '<w:bookmarkEnd w:id="7"/>'
    + run(" }}")
)

CLEAN: dict[str, tuple[list[str], make.Build | None]] = {
    "no tags": (["Không có thẻ nào, chỉ có 100 % và { } lẻ."], None),
    "tight": (["{{ten_co_quan}}{%if co_dinh_kem%}a{%endif%}"], None),
    "wide": (["{{   ten_co_quan   }} {%   if co_dinh_kem   %}a{%   endif   %}"], None),
    "split runs": ([], _split_runs),
    "marks of Word within a tag": ([], xml(_MARKS)),
    "no-break space in a tag": (["{{\u00a0ten_co_quan\u00a0}}"], None),
    "block over paragraphs": (["{% if co_dinh_kem %}", "a", "{% endif %}"], None),
    "paragraph loop": (["{%p for c in ds_can_cu %}", "{{ c }}", "{%p endfor %}"], None),
    "paragraph condition": (
        ["{%p if co_dinh_kem %}", "a", "{%p elif so_doan_vien > 3 %}", "b", "{%p else %}", "c", "{%p endif %}"],
        None,
    ),
    "nested paragraphs": (
        ["{%p for d in ds_doan_vien %}", "{%p if d.ho_ten %}", "{{ d.ho_ten }}", "{%p endif %}", "{%p endfor %}"],
        None,
    ),
    "rows": (
        [],
        make.table(
            ["{%tr for d in ds_doan_vien %}", ""], ["{{ loop.index }}", "{{ d.ho_ten }}"], ["{%tr endfor %}", ""]
        ),
    ),
    "rows with else": (
        [],
        make.table(
            ["{%tr for d in ds_doan_vien %}"], ["{{ d.ho_ten }}"], ["{%tr else %}"], ["trống"], ["{%tr endfor %}"]
        ),
    ),
    "columns": ([], make.table(["{%tc for c in ds_can_cu %}", "{{ c }}", "{%tc endfor %}"])),
    "block within a cell": ([], make.table(["{% for c in ds_can_cu %}{{ c }}{% endfor %}", "x"])),
    "table within a table": ([], _nested_table),
    "text box": ([], xml(_BOX)),
    "link": ([], xml(_LINK)),
    "both ends inserted with tracking": (
        [], xml(f"{INS}{run('{% if co_dinh_kem %}')}</w:ins>{run('a')}{INS}{run('{% endif %}')}</w:ins>")
    ),
    "inserted in two goes": ([], xml(f"{INS}{run('{{ ten_co')}</w:ins>{INS}{run('_quan }}')}</w:ins>")),
    "a name of one letter": (["{% for p in ds_can_cu %}{{p}}{{ p }}{% endfor %}"], None),
    "content control": ([], xml(_CONTROL)),
    "header": (["a"], header("{% if co_dinh_kem %}{{ ten_co_quan }}{% endif %}")),
    "property": (["a"], title("{{ ten_co_quan }} {% for c in ds_can_cu %}{{ c }}{% endfor %}")),
    "comment of the template": (["a {# {{ khong_co }} {% if %} #} b"], None),
    "long comment": (["a {# một", "hai { x", "ba #} b"], None),
    "raw": (["{% raw %}{{ khong_co }}{% endraw %}"], None),
    "escaped braces": (["{_{ khong_co }_} {_% if %_}"], None),
    "literal braces in text": (["{{ '{' }}{{ '%' }}"], None),
    "method names as fields": (["{% for d in ds_doan_vien %}{{ d.items }}{% endfor %}"], None),
    "filters": (["{{ ds_doan_vien|map(attribute='ho_ten')|join('; ') }} {{ ds_can_cu|length }}"], None),
    "first and last": (["{{ ds_can_cu|first }} {{ (ds_doan_vien|last).ho_ten }} {{ ds_doan_vien[0].ho_ten }}"], None),
    "list in a condition": (["{% if ds_can_cu %}a{% endif %}{% if not ds_doan_vien %}b{% endif %}"], None),
    "condition in an expression": (["{{ 'có' if co_dinh_kem else 'không' }} {{ 'x' if so_doan_vien == 3 }}"], None),
    "set": (["{% set n = so_doan_vien + 1 %}{{ n }}{% set m %}{{ n }}{% endset %}{{ m }}"], None),
    "with": (["{% with d = ds_doan_vien[0] %}{{ d.ho_ten }}{% endwith %}"], None),
    "quotes and signs in a literal": (["{{ ten_co_quan ~ ' – (2024) × 3' }}"], None),
    "text methods": (["{{ ten_co_quan.upper() }} {{ ten_co_quan|replace('a', 'b')|title }}"], None),
    "group": (["{{ chi_tieu.ket_nap }} {{ chi_tieu['ket_nap'] }}"], None),
    "items of a group": (["{% for k, v in chi_tieu.items() %}{{ k }}: {{ v }}{% endfor %}"], None),
    "loop over a slice": (["{% for d in ds_doan_vien[:1] %}{{ d.ho_ten }}{% endfor %}"], None),
    "loop with a filter": (["{% for d in ds_doan_vien if d.ngay_sinh %}{{ loop.length }}{% endfor %}"], None),
    "loop in a loop": (
        ["{% for d in ds_doan_vien %}{% for c in ds_can_cu %}{{ d.ho_ten }}{{ c }}{% endfor %}{% endfor %}"], None,
    ),
    "one name for two loops": (
        ["{% for d in ds_doan_vien %}{{ d.ho_ten }}{% endfor %}{% for d in ds_can_cu %}{{ d }}{% endfor %}"], None,
    ),
    "sorted": (["{% for d in ds_doan_vien|sort(attribute='ho_ten') %}{{ d.ho_ten }}{% endfor %}"], None),
    "range": (["{% for i in range(3) %}{{ i }}{% endfor %}"], None),
    "angle brackets": (["{% if so_doan_vien > 3 and so_doan_vien < 99 %}a & b{% endif %}"], None),
    "trimmed": (["trước {%- if co_dinh_kem %} a {% endif -%} sau"], None),
    "run tags": (["x {%r if co_dinh_kem %}{{ ten_co_quan }}{%r endif %} y"], None),
    "cell tags": ([], make.table(["{% colspan so_doan_vien %}{{ ten_co_quan }}", "x"])),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_template_has_no_error_and_is_filled(name: str) -> None:
    paragraphs, build = CLEAN[name]
    docx = make.template(*paragraphs, build=build)
    assert errors(docx) == []
    assert compile_template(docx).render(DATA).docx


@pytest.mark.parametrize("name", [name for name in CASES if name != "quotes"])
def test_the_language_of_docxtpl_is_clean(name: str) -> None:
    paragraphs, build = CASES[name]
    known = {
        **dict.fromkeys(("a", "so", "nhieu_dong", "mau"), "văn bản"),
        **dict.fromkeys(("co", "khong"), "có/không"),
        "ds": "danh sách",
        "ds[].ten": "văn bản",
        "ds[].tuoi": "số",
        "cot": "danh sách",
    }
    assert errors(make.template(*paragraphs, build=build), known) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=4), st.lists(LINE, min_size=2, max_size=2))
def test_without_errors_the_renderer_takes_it(lines: list[str], cells: list[str]) -> None:
    docx = make.template(*lines, build=make.table(cells, ["a", "b"]))
    faults = lint(docx)
    refused = False
    try:
        compile_template(docx)
    except UserError:
        refused = True
    assert refused <= any(fault.severity == ERROR for fault in faults)
    assert all(fault.where.part.startswith(("word/", "docProps/")) for fault in faults)
