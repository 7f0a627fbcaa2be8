"""Templates with one fault each, and where it is. Names are those of ``KNOWN``."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.docgen.engine import make

KNOWN = {
    "ten_co_quan": "văn bản",
    "so_doan_vien": "số",
    "ngay_ban_hanh": "văn bản",
    "co_dinh_kem": "có/không",
    "ghi_chu_dam": "chữ có định dạng",
    "chi_tieu": "nhóm",
    "chi_tieu.ket_nap": "văn bản",
    "ds_can_cu": "danh sách",
    "anh_the": "hình",
    "phu_luc": "văn bản con",
    "ds_doan_vien": "danh sách",
    "ds_doan_vien[].ho_ten": "văn bản",
    "ds_doan_vien[].ngay_sinh": "văn bản",
    "ds_doan_vien[].items": "văn bản",
}

Cell = tuple[int, int, int]


@dataclass(frozen=True)
class Faulty:
    """Paragraphs and a builder; the one rule that must be named, and the paragraph or cell of the fault."""

    paragraphs: tuple[str, ...]
    rule: str
    where: int | Cell
    build: make.Build | None = None
    said: str = ""
    suggestion: str = ""
    part: str = "thân văn bản"


def one(text: str, rule: str, said: str = "", suggestion: str = "") -> Faulty:
    """A fault in the second paragraph."""
    return Faulty(("Mở đầu", text), rule, 2, said=said, suggestion=suggestion)


def rows(rule: str, where: Cell, *texts: tuple[str, ...], said: str = "") -> Faulty:
    """A fault in the cells of a table."""
    return Faulty(("Bảng:",), rule, where, make.table(*texts), said)


def header(text: str) -> make.Build:
    def build(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return build


def title(text: str) -> make.Build:
    def build(document: Document) -> None:
        document.core_properties.title = text

    return build


def xml(inner: str) -> make.Build:
    """A paragraph of raw WordprocessingML after the others."""

    def build(document: Document) -> None:
        document.element.body.insert(
            len(document.paragraphs), parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>")
        )

    return build


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code_run = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark("begin") + code_run + mark("separate") + run(result) + mark("end")


def control(inner: str, properties: str) -> str:
    return (
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(inner)}</w:sdtContent></w:sdt>"
    )


_FOR = "for d in ds_doan_vien"
_END = "{% endfor %}"

FAULTY: dict[str, Faulty] = {
    # How a tag is written
    "unclosed expression": one("Tên: {{ ten_co_quan", "TAG-01", "thêm }}"),
    "unclosed before another": one("{{ ten_co_quan và {{ so_doan_vien }}", "TAG-01"),
    "unclosed statement": one("{% if co_dinh_kem", "TAG-01", "thêm %}"),
    "closed by one brace": one("{{ ten_co_quan } là", "TAG-01", "cần }}"),
    "unclosed comment": one("{# ghi chú không có cuối", "TAG-01", "#}"),
    "over two paragraphs": Faulty(
        ("Mở đầu", "{{ ten_co", "_quan }} hết"), "TAG-02", 2, said="đoạn 3"
    ),
    "brace at the end of a paragraph": Faulty(("Mở {", "{ ten_co_quan"), "TAG-02", 2),
    "stray close": one("Tên ten_co_quan }} hết", "TAG-03", "không có dấu mở"),
    "braces apart": one("{ { ten_co_quan } }", "TAG-04"),
    "one brace": one("Tên {ten_co_quan} hết", "TAG-04", "{{ ten_co_quan }}"),
    "across a link": Faulty(
        ("Mở đầu",),
        "TAG-05",
        2,
        xml(f'<w:hyperlink w:anchor="a">{run("{{ ten_co")}</w:hyperlink>{run("_quan }}")}'),
    ),
    "half inserted with tracking": Faulty(
        ("Mở đầu",),
        "TAG-05",
        2,
        xml(f'{run("{{ ten_co")}<w:ins w:id="1" w:author="x">{run("_quan }}")}</w:ins>'),
    ),
    "unknown tag": one("{% fro d in ds_doan_vien %}", "TAG-06", "có phải «for» ?", "for"),
    "unknown end": one("{% endfro %}", "TAG-06", "endfor", "endfor"),
    "space before tr": one("{% tr for d in ds_doan_vien %}", "TAG-06", "{%tr"),
    "glued": one("{%pif co_dinh_kem %}", "TAG-06", "{%p if"),
    "empty": one("{{ }}", "TAG-07", "trống"),
    "empty statement": one("{% %}", "TAG-07", "trống"),
    "spaces in a name": one("{{ ten co quan }}", "TAG-07", "«ten_co_quan»"),
    "operator at the end": one("{{ so_doan_vien + }}", "TAG-07"),
    "half a bracket": one("{{ (so_doan_vien + 1 }}", "TAG-07"),
    "one equals sign": one("{% if so_doan_vien = 1 %}a{% endif %}", "TAG-07", "=="),
    "for without in": one("{% for d of ds_doan_vien %}a{% endfor %}", "TAG-07", "thiếu «in»"),
    "curly quotes": one("{{ so_doan_vien|default(“không”) }}", "TAG-08", "«“»"),
    "low quote": one("{{ so_doan_vien|default(„không”) }}", "TAG-08"),
    "en dash": one("{{ so_doan_vien – 1 }}", "TAG-08", "«–»"),
    "hidden space": one("{{ ten_co\u200b_quan }}", "TAG-08", "U+200B"),
    "not equal in one sign": one("{% if so_doan_vien ≠ 1 %}a{% endif %}", "TAG-08", "«≠»"),
    "percent in a paragraph tag": Faulty(
        ("{%p if so_doan_vien % 2 == 0 %}", "a", "{%p endif %}"), "TAG-09", 1
    ),
    # How blocks are framed
    "for without end": one(f"{{% {_FOR} %}}{{{{ d.ho_ten }}}}", "BLOCK-01", "endfor"),
    "if without end": one("{% if co_dinh_kem %}có", "BLOCK-01", "endif"),
    "rows without end": rows(
        "BLOCK-01", (1, 1, 1), (f"{{%tr {_FOR} %}}", ""), ("{{ d.ho_ten }}", "x"), said="{%tr endfor %}"
    ),
    "end without for": one("a {% endfor %}", "BLOCK-02", "không có thẻ for"),
    "else without if": one("a {% else %} b", "BLOCK-02"),
    "crossing": one(
        f"{{% {_FOR} %}}{{% if co_dinh_kem %}}{{{{ d.ho_ten }}}}{_END}{{% endif %}}",
        "BLOCK-03",
        "đóng chéo",
    ),
    "wrong end": one("{% if co_dinh_kem %}a{% endfor %}", "BLOCK-03", "endif"),
    "else after else": one("{% if co_dinh_kem %}a{% else %}b{% else %}c{% endif %}", "BLOCK-03"),
    "loop over the cells of a row": rows(
        "BLOCK-04", (1, 1, 2), (f"{{% {_FOR} %}}{{{{ d.ho_ten }}}}", "x{% endfor %}"), said="{%tr"
    ),
    "paragraph opening, plain end": Faulty(
        ("{%p if co_dinh_kem %}", "a", "{% endif %}"), "BLOCK-04", 3, said="{%p endif %}"
    ),
    "opening in the body, end in a cell": Faulty(
        ("{% if co_dinh_kem %}",), "BLOCK-04", (1, 1, 1), make.table(("a{% endif %}", "b"))
    ),
    "end beside content": rows(
        "BLOCK-05",
        (1, 2, 2),
        (f"{{%tr {_FOR} %}}", ""),
        ("{{ d.ho_ten }}", "{%tr endfor %}"),
        said="sẽ mất",
    ),
    "for and end in one row": rows(
        "BLOCK-05",
        (1, 1, 2),
        (f"{{%tr {_FOR} %}}{{{{ d.ho_ten }}}}", "{%tr endfor %}"),
        said="mỗi thẻ tr cần một hàng bảng riêng",
    ),
    "paragraph tag beside text": Faulty(
        ("{%p if co_dinh_kem %} kèm theo:", "a", "{%p endif %}"), "BLOCK-05", 1
    ),
    "row tag outside a table": Faulty(
        ("{%tr if co_dinh_kem %}", "a", "{%tr endif %}"), "BLOCK-06", 1
    ),
    # Names
    "unknown name": one("{{ ten_co_quann }}", "NAME-01", "có phải «ten_co_quan» ?", "ten_co_quan"),
    "accents in a name": one("{{ tên_cơ_quan }}", "NAME-01", "ten_co_quan", "ten_co_quan"),
    "capitals in a name": one("{{ Ten_Co_Quan }}", "NAME-01", "ten_co_quan", "ten_co_quan"),
    "hyphens in a name": one("{{ ten-co-quan }}", "NAME-01", "gạch dưới", "ten_co_quan"),
    "a foreign letter": one("{{ ten_c\u043e_quan }}", "NAME-01", "U+043E", "ten_co_quan"),
    "unknown list": one(
        "{% for d in ds_doan_viên %}{{ d.ho_ten }}{% endfor %}", "NAME-01", suggestion="ds_doan_vien"
    ),
    "unknown field of an entry": one(
        f"{{% {_FOR} %}}{{{{ d.ten }}}}{_END}", "NAME-01", "không có trường «ten»", "ds_doan_vien[].ho_ten"
    ),
    "field of an entry outside": one("{{ ho_ten }}", "NAME-01", "x.ho_ten", "ds_doan_vien[].ho_ten"),
    "loop name after the loop": one(
        f"{{% {_FOR} %}}{{{{ d.ho_ten }}}}{_END} {{{{ d.ho_ten }}}}", "NAME-01", "ngoài vòng lặp"
    ),
    "unknown field of a group": one("{{ chi_tieu.ket_nop }}", "NAME-01", suggestion="chi_tieu.ket_nap"),
    "unknown field in a filter": one(
        "{{ ds_doan_vien|map(attribute='ten')|join(', ') }}", "NAME-01", "«ten»"
    ),
    "a list printed": one("{{ ds_doan_vien }}", "NAME-03", "là danh sách"),
    "a group printed": one("{{ chi_tieu }}", "NAME-03", "ket_nap"),
    "yes or no printed": one("{{ co_dinh_kem }}", "NAME-03", "{% if co_dinh_kem %}"),
    "field of the list itself": one("{{ ds_doan_vien.ho_ten }}", "NAME-03", "từng dòng"),
    "loop over a text": one("{% for d in ten_co_quan %}{{ d }}{% endfor %}", "NAME-04", "không phải danh sách"),
    "field of a text": one("{{ ten_co_quan.ten }}", "NAME-04"),
    "field of an entry that is text": one(
        "{% for c in ds_can_cu %}{{ c.ten }}{% endfor %}", "NAME-04", "là chữ"
    ),
    "decomposed": one("{{ 'ho\u0323 te\u0302n'|upper }}", "NAME-02", "NFD"),
    "unknown with a default": one("{{ ghi_chu|default('') }}", "NAME-06"),
    # Expressions
    "reaching into Python": one("{{ ten_co_quan.__class__ }}", "EXPR-01", "__class__"),
    "reaching by key": one("{{ ten_co_quan['__class__'] }}", "EXPR-01"),
    "a name of Jinja": one("{{ cycler }}", "EXPR-01", "cycler"),
    "power": one("{{ 9 ** so_doan_vien }}", "EXPR-01"),
    "include": one("{% include 'a.docx' %}", "EXPR-01", "include"),
    "import": one("{% from 'a' import b %}", "EXPR-01"),
    "unknown filter": one("{{ ten_co_quan|uper }}", "EXPR-02", "«upper»", "upper"),
    "refused filter": one("{{ ten_co_quan|safe }}", "EXPR-02", "safe"),
    "unknown test": one("{% if so_doan_vien is definedd %}a{% endif %}", "EXPR-02", suggestion="defined"),
    "refused method": one("{{ ten_co_quan.encode() }}", "EXPR-03", ".encode()"),
    "a text called": one("{{ ten_co_quan() }}", "EXPR-03"),
    "macro": one("{% macro m(x) %}{{ x }}{% endmacro %}{{ m('a') }}", "EXPR-04"),
    "rich text in a plain tag": one("{{ ghi_chu_dam }}", "EXPR-05", "{{r ghi_chu_dam }}"),
    "unknown name of loop": one(
        f"{{% {_FOR} %}}{{{{ loop.indx }}}}{_END}", "EXPR-06", suggestion="loop.index"
    ),
    "filter over a block": one(
        "{% filter upper %}{{ ten_co_quan }}{% endfilter %}", "EXPR-08", "{{ ten|upper }}"
    ),
    "loop outside": one("{{ loop.index }}", "EXPR-06", "giữa for và endfor"),
    "several values printed": one("{{ ds_doan_vien|map(attribute='ho_ten') }}", "EXPR-07", "join"),
    # Pictures and sub-documents
    "a picture as text": one("{{ anh_the|upper }}", "PIC-01", "là hình"),
    "a picture joined": one("{{ 'x' ~ anh_the }}", "PIC-01", "là hình"),
    "a field of a picture": one("{{ anh_the.data }}", "NAME-04", "là hình"),
    "a loop over a picture": one("{% for x in anh_the %}x{% endfor %}", "NAME-04"),
    "a sub-document in a text": one("Xem {{ phu_luc }}", "PIC-01", "{{p phu_luc }}"),
    "a sub-document in a header": Faulty(("Thân",), "PIC-01", 1, header("{{p phu_luc }}"), part="đầu trang"),
    "a picture in a property": Faulty(("Thân",), "PIC-01", 0, title("{{ anh_the }}"), part="thuộc tính tệp"),
    "a picture in a low line": Faulty(
        ("Mở đầu",),
        "PIC-02",
        2,
        xml(f'<w:pPr><w:spacing w:line="340" w:lineRule="exact"/></w:pPr>{run("{{ anh_the }}")}'),
        said="Ít nhất",
    ),
    # What Word left
    "tracked change": Faulty(
        ("Mở đầu",), "FILE-01", 2, xml(f'<w:ins w:id="1" w:author="x">{run("mới")}</w:ins>')
    ),
    "deleted tag": Faulty(
        ("Mở đầu",),
        "FILE-01",
        2,
        xml('<w:del w:id="1"><w:r><w:delText>{{ ten_co_quan }}</w:delText></w:r></w:del>'),
        said="vẫn được điền",
    ),
    "comment of a reader": Faulty(
        ("Mở đầu",), "FILE-02", 1, lambda document: document.add_comment(document.paragraphs[0].runs, "Xem lại")
    ),
    "tag in a field": Faulty(("Mở đầu",), "FILE-03", 2, xml(field("REF moc", "{{ ten_co_quan }}"))),
    "tag in a code": Faulty(("Mở đầu",), "FILE-03", 2, xml(field("QUOTE {{ ten_co_quan }}", "a"))),
    "tag in a bound control": Faulty(
        ("Mở đầu",),
        "FILE-04",
        2,
        xml(control("{{ ten_co_quan }}", '<w:dataBinding w:xpath="/a" w:storeItemID="b"/>')),
    ),
    "tag as a placeholder": Faulty(
        ("Mở đầu",), "FILE-04", 2, xml(control("{{ ten_co_quan }}", "<w:showingPlcHdr/>"))
    ),
    "mail merge": Faulty(("Mở đầu",), "FILE-05", 2, xml(field(" MERGEFIELD ten_khac ", "«ten_khac»"))),
    # Other parts
    "in a header": Faulty(("Thân",), "NAME-01", 1, header("{{ ten_co_quann }}"), part="đầu trang"),
    "in a property": Faulty(("Thân",), "TAG-01", 0, title("{{ ten_co_quan"), part="thuộc tính tệp"),
}  # fmt: skip
