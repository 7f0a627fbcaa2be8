"""The decision that all fillers are measured on: as heavy as Word makes it, in the dialect of each filler.

A heading of two columns, motto, number and date, title, four grounds, articles, a list of six columns with a
loop, one condition, recipients and signature, a footer: 25 names, runs with fonts, languages and revision ids.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import docx

FIELDS = (
    *(
        "parent_org",
        "org",
        "number",
        "place",
        "day",
        "month",
        "year",
        "subject",
        "ground_1",
        "ground_2",
    ),
    *(
        "ground_3",
        "ground_4",
        "enterprise",
        "address",
        "tax_code",
        "union_name",
        "term",
        "member_count",
    ),
    *("allowance_text", "executor", "copies", "signing", "post", "signer"),
)
COLUMNS = ("no", "full_name", "dob", "ethnicity", "job", "post")


def sample_data(rows: int) -> dict[str, object]:
    """Made-up data: ampersands, angle brackets, quotes and Vietnamese letters among them."""
    names = ("Lò Văn Tâm", "Vàng Thị Sao", "H'Mông A&B <thử>", "Giàng A Chứ", 'Tẩn "Lở" Mẩy')
    data: dict[str, object] = {
        "parent_org": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
        "org": "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG",
        "number": "06/QĐ-LĐLĐ",
        "place": "Tam Đường",
        "day": "06",
        "month": "5",
        "year": "2024",
        "subject": "Về việc thành lập công đoàn cơ sở Công ty TNHH A&B <Bình Lư>",
        "ground_1": "Căn cứ Luật Công đoàn và Điều lệ Công đoàn Việt Nam;",
        "ground_2": "Căn cứ quy định về cơ cấu tổ chức bộ máy của liên đoàn lao động huyện;",
        "ground_3": "Căn cứ đơn gia nhập của người lao động tại doanh nghiệp;",
        "ground_4": "Xét đề nghị của bộ phận tổ chức,",
        "enterprise": 'Công ty TNHH "Xây dựng" A&B <Bình Lư>',
        "address": "Bản Bình Luông, xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu",
        "tax_code": "6200000001",
        "union_name": "Công đoàn cơ sở Công ty TNHH Xây dựng A&B",
        "term": "lâm thời",
        "member_count": str(rows),
        "allowance": True,
        "allowance_text": "Phụ cấp cán bộ công đoàn được chi theo quy định hiện hành.",
        "executor": "Văn phòng liên đoàn và công đoàn cơ sở",
        "copies": "Như điều 3; Lưu văn phòng.",
        "signing": "TM. BAN THƯỜNG VỤ",
        "post": "CHỦ TỊCH",
        "signer": "Lò Thị Ánh",
    }
    data["rows"] = [
        {
            "no": str(number),
            "full_name": names[number % len(names)],
            "dob": f"{number % 28 + 1:02d}/03/19{60 + number % 40}",
            "ethnicity": ("Thái", "Mông", "Kinh", "Dao")[number % 4],
            "job": "Đội trưởng đội thi công số 2",
            "post": "Ủy viên ban chấp hành",
        }
        for number in range(1, rows + 1)
    ]
    return data


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one filler writes a field, the rows of a list, and a paragraph under a condition."""

    field: Callable[[str], str]
    rows: Callable[[Sequence[str]], list[list[str]]]
    condition: tuple[str, str] | None


def _braces(name: str) -> str:
    return f"{{{name}}}"


def _one_row(cells: Sequence[str]) -> list[list[str]]:
    inside = [f"{{{name}}}" for name in cells]
    return [["{#rows}" + inside[0], *inside[1:-1], inside[-1] + "{/rows}"]]


def _three_rows(cells: Sequence[str]) -> list[list[str]]:
    rest = [""] * (len(cells) - 1)
    inside = [f"{{{{ row.{name} }}}}" for name in cells]
    return [["{%tr for row in rows %}", *rest], inside, ["{%tr endfor %}", *rest]]


def _two_rows(cells: Sequence[str]) -> list[list[str]]:
    return [[f"{{d.rows[{index}].{name}}}" for name in cells] for index in ("i", "i+1")]


DIALECTS = {
    "jinja": Dialect(
        lambda name: f"{{{{ {name} }}}}", _three_rows, ("{%p if allowance %}", "{%p endif %}")
    ),
    "braces": Dialect(_braces, _one_row, ("{#allowance}", "{/allowance}")),
    "carbone": Dialect(lambda name: f"{{d.{name}}}", _two_rows, None),
    "fields": Dialect(
        lambda name: f"\x01{name}\x02", lambda cells: [[f"\x01{name}\x02" for name in cells]], None
    ),
}

_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'


def _run(text: str, *, bold: str = "") -> str:
    look = f'{_FONT}{bold}<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/>'
    return (
        f'<w:r w:rsidRPr="00B41F2C"><w:rPr>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _field(name: str) -> str:
    code = (
        f'<w:fldSimple w:instr=" MERGEFIELD {name} "><w:r><w:rPr>{_FONT}<w:sz w:val="28"/></w:rPr>'
    )
    return f"{code}<w:t>«{name}»</w:t></w:r></w:fldSimple>"


def _paragraph(text: str, *, align: str = "both", bold: str = "") -> str:
    pieces = re.split("\x01(.*?)\x02", text)
    runs = "".join(
        _field(piece) if index % 2 else _run(piece, bold=bold)
        for index, piece in enumerate(pieces)
        if piece or not text
    )
    return (
        '<w:p w:rsidR="00A77B3E" w:rsidRDefault="00C51A09" w:rsidP="00D20B11"><w:pPr>'
        f'<w:spacing w:before="120" w:after="0" w:line="264" w:lineRule="auto"/><w:jc w:val="{align}"/>'
        f"</w:pPr>{runs}</w:p>"
    )


def _table(rows: list[list[str]], *, border: str = "single") -> str:
    width = 9000 // len(rows[0])
    sides = "".join(
        f'<w:{side} w:val="{border}" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = f'<w:gridCol w:w="{width}"/>' * len(rows[0])
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    body = "".join(
        '<w:tr w:rsidR="00A77B3E" w:rsidTr="00F10A22">'
        + "".join(f"{cell}{_paragraph(text, align='center')}</w:tc>" for text in row)
        + "</w:tr>"
        for row in rows
    )
    look = (
        f'<w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
    )
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _body(dialect: Dialect) -> str:
    f = dialect.field
    head = _table(
        [
            [f("parent_org"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [f("org"), "Độc lập - Tự do - Hạnh phúc"],
            [
                f"Số: {f('number')}",
                f"{f('place')}, ngày {f('day')} tháng {f('month')} năm {f('year')}",
            ],
        ],
        border="nil",
    )
    lines = [
        _paragraph("QUYẾT ĐỊNH", align="center", bold="<w:b/>"),
        _paragraph(f("subject"), align="center"),
    ]
    lines += [_paragraph(f(f"ground_{number}")) for number in range(1, 5)]
    lines += [
        _paragraph("QUYẾT ĐỊNH:", align="center", bold="<w:b/>"),
        _paragraph(
            f"Điều 1. Thành lập {f('union_name')} tại {f('enterprise')}, địa chỉ {f('address')}."
        ),
        _paragraph(
            f"Mã số thuế: {f('tax_code')}. Ban chấp hành {f('term')} gồm {f('member_count')} người:"
        ),
        _table(
            [
                ["TT", "Họ và tên", "Ngày sinh", "Dân tộc", "Công việc", "Chức vụ"],
                *dialect.rows(COLUMNS),
            ]
        ),
    ]
    opening, closing = dialect.condition or ("", "")
    allowance = [
        _paragraph(text) for text in (opening, f"Điều 2. {f('allowance_text')}", closing) if text
    ]
    return "".join(
        [
            head,
            *lines,
            *allowance,
            _paragraph(f"Điều 3. {f('executor')} thi hành quyết định này."),
            _table(
                [[f"Nơi nhận: {f('copies')}", f("signing")], ["", f("post")], ["", f("signer")]],
                border="nil",
            ),
        ]
    )


def template(dialect: str) -> bytes:
    """The template as a .docx in this dialect."""
    spoken = DIALECTS[dialect]
    members = _frame()
    document = members["word/document.xml"].decode()
    start, end = document.index("<w:body>") + 8, document.index("<w:sectPr")
    members["word/document.xml"] = (document[:start] + _body(spoken) + document[end:]).encode()
    footer = members["word/footer1.xml"].decode()
    start, end = (
        footer.index("<w:p>") if "<w:p>" in footer else footer.index("<w:p "),
        footer.rindex("</w:ftr>"),
    )
    line = _paragraph(f"Văn bản số {spoken.field('number')}", align="center")
    members["word/footer1.xml"] = (footer[:start] + line + footer[end:]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _frame() -> dict[str, bytes]:
    """The other parts: those of a small Word file, styles of about 20 KB."""
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "x"
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    gone = [name for name in members if name.endswith(("stylesWithEffects.xml", "thumbnail.jpeg"))]
    for name in gone:
        del members[name]
    for name, data in members.items():
        if name.endswith(".rels"):
            text = re.sub(
                r"<Relationship [^>]*(?:stylesWithEffects|thumbnail)[^>]*/>", "", data.decode()
            )
            members[name] = text.encode()
    types = members["[Content_Types].xml"].decode()
    types = re.sub(r"<Override [^>]*stylesWithEffects[^>]*/>", "", types)
    members["[Content_Types].xml"] = types.encode()
    styles = members["word/styles.xml"].decode()
    styles = re.sub(r'<w:style w:type="table".*?</w:style>', "", styles, flags=re.DOTALL)
    members["word/styles.xml"] = re.sub(r"\n\s*", "", styles).encode()
    return members


def write_all(folder: Path) -> None:
    """The template in every dialect, as ``<dialect>.docx``."""
    for name in DIALECTS:
        (folder / f"{name}.docx").write_bytes(template(name))
