"""Awkward templates, made here: each with what makes it awkward as its name. Data for them at the end.

A case is the XML of a body in the dialect of docxtpl, with shorthands: ``P(...)`` a paragraph, ``R(...)`` a run,
``T(rows)`` a table. Cases whose name ends in ``*`` say the same but are written in other XML than docxtpl's; of those
that end in ``+`` docxtpl loses columns of the grid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from tests.docgen.engine import make


def R(text: str, look: str = "", space: str = "") -> str:  # noqa: N802
    looked = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{looked}<w:t{space}>{text}</w:t></w:r>"


def P(*runs: str) -> str:  # noqa: N802
    """A paragraph; texts without markup become a run."""
    return f"<w:p>{''.join(run if run.startswith('<') else R(run) for run in runs)}</w:p>"


def C(*paragraphs: str, look: str = "") -> str:  # noqa: N802
    body = "".join(text if text.startswith("<") else P(text) for text in paragraphs)
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{look}</w:tcPr>{body}</w:tc>'


def T(*rows: Sequence[str], columns: int | None = None, between: str = "") -> str:  # noqa: N802
    """A table; cells given as text become cells."""
    grid = '<w:gridCol w:w="1000"/>' * (columns or len(rows[0]))
    body = between.join(
        "<w:tr>"
        + "".join(cell if cell.startswith("<w:tc>") else C(cell) for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


BOLD, ITALIC = "<w:b/>", "<w:i/>"
KEEP = ' xml:space="preserve"'
PROOF = '<w:proofErr w:type="spellStart"/>'
MARK = '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/>'
SPAN = '<w:gridSpan w:val="2"/>'
EACH = ["{%tr for d in ds %}", ""]
END = ["{%tr endfor %}", ""]
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def picture(number: int) -> str:
    return (
        f'<w:r><w:drawing xmlns:wp="{WP}"><wp:inline><wp:docPr id="{number}" name="a"/></wp:inline>'
        "</w:drawing></w:r>"
    )


RUNS = {
    "braces in two runs": P(R("{"), R("{ a }"), R("}")),
    "a tag in five runs": P(
        R("Ông {"), R("{ ho", BOLD), R("_ten", ITALIC), R(" }", BOLD), R("} ký")
    ),
    "a tag with proofing marks inside": P(R("{{ "), PROOF, R("ho_ten"), PROOF, R(" }}")),
    "a tag with a bookmark inside": P(R("{{ho"), MARK, R("_ten}}")),
    "a statement in runs": P(
        R("{"), R("% if co "), R("%"), R("}"), R("có"), R("{% en"), R("dif %}")
    ),
    "a tag over kept spaces": P(
        R("x {{ ", space=KEEP), R(" a ", space=KEEP), R(" }} y", space=KEEP)
    ),
    "a page break mark inside": P(
        "<w:r><w:t>{{ a</w:t><w:lastRenderedPageBreak/><w:t> }}</w:t></w:r>"
    ),
    "two tags in one run": P("{{ a }}{{ ho_ten }}"),
    "tag after tag in runs": P(R("{{ a }}"), R("{{ so }}"), R(" và "), R("{{ ho_ten }}")),
    "a comment in runs": P(R("a {# ghi"), R(" chú", BOLD), R(" #} b")),
    "tab and break beside a tag": P("<w:r><w:tab/><w:t>{{ a }}</w:t><w:br/><w:t>x</w:t></w:r>"),
    "spaces at both ends": P(R(" {{ a }} ", space=KEEP)),
    "a bare text with spaces": P(R(" x {{ a }}"), R(" y ")),
    "a run lifted": P("x {%r if co %}", "{{ a }}", "{%r endif %} y"),
    "smart quotes": P("{{ “x” ~ ‘y’ }} {% if ho_ten == “Páo” %}đúng{% endif %}"),
    "signs of comparison": P(
        "{% if so &lt; 5 and so &gt;= 3 %}giữa{% endif %} &lt;b&gt; &amp;amp;"
    ),
    "merged with the text before": P("trước") + P("{%- if co %} giữa") + P("{% endif %} sau"),
    "merged with the text after": P("trước {% if co -%}") + P("giữa {% endif -%}") + P("sau"),
    "braces of the author": P("{_{ giữ }_} {_% giữ %_} { một } {đơn}"),
    "raw": P("{% raw %}{{ a }} {% x %}{% endraw %} {{ a }}"),
}
VALUES = {
    "a hard name": P("{{ a }} {{ a }}") + P(R("{{ a }}", BOLD)),
    "all kinds of scalars": P("{{ so }} {{ thap_phan }} {{ ngay }} {{ am }} {{ rong }}."),
    "line ends and tabs *": P("x {{ nhieu_dong }} y") + P(R("{{ nhieu_dong }}", BOLD)),
    "letters beyond the usual": P("{{ la }} {{ nbsp }}"),
    "in an instruction": "<w:p><w:r><w:instrText>HYPERLINK {{ ho_ten }}</w:instrText></w:r></w:p>",
    "in an attribute": '<w:p><w:r><w:rPr><w:color w:val="{{ mau }}"/></w:rPr><w:t>x</w:t></w:r></w:p>',
    "nested names": P(
        "{{ d.x.y }} {{ d['x']['y'] }} {{ d.x[khoa] }} {{ ds[0].ten }} {{ ds[-1].ten }}"
    ),
    "arithmetic": P(
        "{{ so + 1 }} {{ so - 1 }} {{ so * 2 }} {{ so / 2 }} {{ so // 2 }} {{ so % 2 }}"
    ),
    "joined with a tilde": P("{{ a ~ ' - ' ~ so ~ ho_ten }}"),
    "choices": P("{{ 'có' if co else 'không' }} {{ a if khong else so }} {{ a if khong }}."),
    "slices": P("{{ a[0] }}{{ a[:3] }} {% for d in ds[1:] %}{{ d.ten }};{% endfor %}"),
    "defaults": P("{{ thieu|default('-') }} {{ d.thieu|d('?') }} {{ rong|default('r', true) }}"),
    "tests": P(
        "{% if thieu is defined %}a{% endif %}{% if a is defined %}b{% endif %}"
        "{% if so is odd %}c{% endif %}{% if d.z is not defined %}d{% endif %}"
    ),
    "comparisons": P(
        "{% if 1 < so <= 3 %}a{% endif %}{% if so in [1, 3] %}b{% endif %}{% if 'x' not in cot %}c{% endif %}"
        "{% if not khong and (co or khong) %}d{% endif %}"
    ).replace("1 < so <= 3", "1 &lt; so &lt;= 3"),
    "filters of text": P(
        "{{ a|upper }} {{ a|lower }} {{ ho_ten|title }} {{ ' x '|trim }} {{ a|replace('A', 'Z') }}"
    ),
    "filters of lists": P(
        "{{ cot|join(', ') }} {{ cot|length }} {{ cot|first }} {{ cot|last }} {{ ds|sum(attribute='tuoi') }}"
        " {{ ds|map(attribute='ten')|join('; ') }} {{ (ds|sort(attribute='tuoi')|last).ten }}"
    ),
    "filters of numbers": P(
        "{{ am|abs }} {{ thap_phan|round(1) }} {{ '7'|int + 1 }} {{ [3, 9]|max }}"
    ),
    "methods": P(
        "{{ a.upper() }} {{ 'x,y'.split(',')|join('+') }} {{ ngay.year }} {{ ngay.strftime('%d/%m') }}"
    ),
}
BLOCKS = {
    "if in a line": P(
        "{% if co %}có{% else %}không{% endif %} {% if khong %}có{% elif co %}hai{% endif %}"
    ),
    "for in a line": P(
        "{% for d in ds %}{{ loop.index }}. {{ d.ten }}{% if not loop.last %}; {% endif %}{% endfor %}"
    ),
    "loop words": P(
        "{% for d in cot %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.length }}"
        "{% if loop.first %}!{% endif %}{{ loop.cycle('a', 'b') }}{% endfor %}"
    ),
    "a loop with else": P("{% for d in rong_ds %}{{ d }}{% else %}không ai{% endfor %}"),
    "a loop with a filter": P(
        "{% for d in ds if d.tuoi &gt; 5 %}{{ loop.index }}{{ d.ten }} {% endfor %}"
    ),
    "loops in loops": P(
        "{% for d in ds %}{% for c in cot %}{{ c }}{{ d.tuoi }}{{ loop.index }} {% endfor %}| {% endfor %}"
    ),
    "an outer loop kept": P(
        "{% for d in ds %}{% set ngoai = loop.index %}{% for c in cot %}{{ ngoai }}{{ c }}{% endfor %} {% endfor %}"
    ),
    "a loop over paragraphs in the text": P("{% for d in ds %}{{ d.ten }}")
    + P("dòng hai{% endfor %} hết"),
    "an if over paragraphs in the text": P("trước {% if co %}một") + P("hai{% endif %} sau"),
    "if paragraphs": P("{%p if co %}")
    + P("có {{ a }}")
    + P("{%p else %}")
    + P("không")
    + P("{%p endif %}"),
    "elif paragraphs": "".join(
        map(
            P,
            [
                "{%p if khong %}",
                "a",
                "{%p elif so == 3 %}",
                "b",
                "{%p else %}",
                "c",
                "{%p endif %}",
            ],
        )
    ),
    "for paragraphs": P("{%p for d in ds %}")
    + P("{{ loop.index }}) {{ d.ten }}")
    + P("{%p endfor %}"),
    "for paragraphs in for paragraphs": "".join(
        map(
            P,
            [
                "{%p for d in ds %}",
                "{{ d.ten }}",
                "{%p for c in cot %}",
                "- {{ c }}",
                "{%p endfor %}",
                "{%p endfor %}",
            ],
        )
    ),
    "no rounds at all": P("{%p for d in rong_ds %}") + P("{{ d }}") + P("{%p endfor %}") + P("hết"),
    "a comment paragraph": P("a") + P("{#p bỏ cả đoạn #}") + P("b"),
    "set": P("{% set x = so + 1 %}{{ x }} {% set x = a %}{{ x }}"),
    "set in a branch": P("{% set x = 1 %}{% if co %}{% set x = 2 %}{% endif %}{{ x }}"),
    "set in a loop": P(
        "{% set x = 'n' %}{% for d in cot %}{% set x = d %}{{ x }}{% endfor %}{{ x }}"
    ),
    "set of a block": P("{% set x %}chữ {{ so }}{% endset %}[{{ x }}]"),
    "a macro": P("{% macro m(x, y='-') %}({{ x }}{{ y }}){% endmacro %}{{ m(a) }}{{ m(so, 'z') }}"),
    "a namespace": P(
        "{% set n = namespace(t=0) %}{% for d in ds %}{% set n.t = n.t + d.tuoi %}{% endfor %}{{ n.t }}"
    ),
    "with": P("{% with x = so, y = a %}{{ x }} {{ y }}{% endwith %}"),
    "a filter block": P("{% filter upper %}chữ {{ ho_ten }}{% endfilter %}"),
    "pairs": P("{% for k, v in d2.items() %}{{ k }}={{ v }};{% endfor %}"),
    "names shadowed": P("{{ a }} {% for a in cot %}{{ a }}{% endfor %} {{ a }}"),
}
TABLES = {
    "rows": T(["TT", "Tên"], EACH, ["{{ loop.index }}", "{{ d.ten }}"], END),
    "rows alone": T(EACH, ["{{ d.tuoi }}", "{{ d.ten }}"], END) + P(""),
    "rows, none": T(["TT", "Tên"], ["{%tr for d in rong_ds %}", ""], ["{{ d }}", "x"], END),
    "rows under a condition": T(
        ["a", "b"], ["{%tr if khong %}", ""], ["c", "d"], ["{%tr endif %}", ""]
    ),
    "rows in rows": T(
        EACH,
        ["{{ d.ten }}", "x"],
        ["{%tr for c in cot %}", ""],
        ["- {{ c }}", "{{ d.tuoi }}"],
        END,
        END,
    ),
    "conditions in rows": T(
        EACH, ["{%tr if d.tuoi &gt; 5 %}", ""], ["{{ d.ten }}", "x"], ["{%tr endif %}", ""], END
    ),
    "columns": T(["{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}"]),
    "columns in rows": T(
        ["{%tr for d in ds %}", "", ""],
        ["{%tc for c in cot %}", "{{ c }}{{ d.tuoi }}", "{%tc endfor %}"],
        ["{%tr endfor %}", "", ""],
    ),
    "a column less": T(["a", "{%tc if khong %}", "b", "{%tc endif %}"]),
    "spans": T(["a", "b"], [C("{{ a }}", look=SPAN)], EACH, [C("{{ d.ten }}", look=SPAN)], END),
    "colspan": T(["a", "b", "c"], ["{% colspan 2 %}{{ a }}", "x"]),
    "cellbg": T([C("{% cellbg mau %}{{ a }}"), "x"]),
    "vm": T(EACH, ["{% vm %}{{ a }}", "{{ d.ten }}"], END),
    "hm": T(["{%tc for c in cot %}", "{% hm %}{{ c }}", "{%tc endfor %}"]),
    "hm with a span": T(
        ["{%tc for c in cot %}", C("{% hm %}{{ c }}", look=SPAN), "{%tc endfor %}"]
    ),
    "a grid too wide": T(["{{ a }}", "b"], columns=5),
    "a grid too narrow": T(["{{ a }}", "b", "c"], columns=1),
    "a table in a loop": P("{%p for d in ds %}") + T(["{{ d.ten }}", "x"]) + P("{%p endfor %}"),
    "a table in a cell": T([C(T(EACH, ["{{ d.ten }}", "y"], END), P("sau")), "x"]),
    "rows in a control": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:sdt><w:sdtContent><w:tr>"
    + C("{{ a }}")
    + "</w:tr></w:sdtContent></w:sdt></w:tbl>",
    "a cell in a control +": '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:sdt><w:sdtContent>'
    + C("{{ a }}")
    + "</w:sdtContent></w:sdt></w:tr></w:tbl>",
    "a loop inside a cell": T(
        [C("{%p for d in ds %}", "{{ d.ten }}", "{%p endfor %}", "hết"), "x"]
    ),
    "a condition that may empty a cell": T([C("{%p if co %}", "{{ a }}", "{%p endif %}"), "x"]),
    "a skipped column +": '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="5"/><w:gridCol w:w="5"/></w:tblGrid>'
    "<w:tr><w:trPr>"
    '<w:gridBefore w:val="1"/></w:trPr>' + C("{{ a }}") + "</w:tr></w:tbl>",
}
OTHERS = {
    "pictures in a loop": P("{%p for d in ds %}")
    + P(R("{{ d.ten }}"), picture(1))
    + P("{%p endfor %}"),
    "pictures outside of loops": P(R("{{ a }}"), picture(1)) + P(picture(2)),
    "a text box": P(f"<w:r><w:pict><w:txbxContent>{P('{{ a }}')}</w:txbxContent></w:pict></w:r>")
    + P("{{ ho_ten }}"),
    "a hyperlink": P(f'<w:hyperlink w:anchor="x">{R("{{ a }}")}</w:hyperlink>', R(" sau")),
    "an inserted run": P(f'<w:ins w:id="1" w:author="x">{R("{{ a }}")}</w:ins>'),
    "a control": f"<w:sdt><w:sdtPr/><w:sdtContent>{P('{{ a }}')}</w:sdtContent></w:sdt>" + P("x"),
    "a field": P(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        R("{{ a }}"),
    ),
    "nothing to fill": P("Không có thẻ.") + T(["a", "b"]),
}
CASES: dict[str, str] = RUNS | VALUES | BLOCKS | TABLES | OTHERS

DATA: dict[str, object] = {
    "a": "A&B <X> \"Y\" 'Z'",
    "ho_ten": "Lò Văn Páo",
    "nhieu_dong": "một\nhai\tba",
    "la": "😀 𠀀 Ế ế ơ̂",
    "nbsp": "a\u00a0b\u200bc",
    "so": 3,
    "am": -4,
    "thap_phan": Decimal("12.35"),
    "ngay": dt.date(2024, 5, 2),
    "rong": "",
    "co": True,
    "khong": False,
    "khoa": "y",
    "d": {"x": {"y": "sâu & <xa>"}},
    "d2": {"m": 1, "n": "hai"},
    "ds": [
        {"ten": "Lò Văn Páo", "tuoi": 40},
        {"ten": "H'Mông <&>", "tuoi": 7},
        {"ten": "Tẩn Lở Mẩy", "tuoi": 0},
    ],
    "rong_ds": [],
    "cot": ["x", "y & z", "t"],
    "mau": "FF0000",
}


@lru_cache(maxsize=1)
def _base() -> bytes:
    """A Word file whose styles do not weigh a megabyte."""
    styles = f'<w:styles xmlns:w="{make._W}"/>'.encode()
    data = make.template()
    return make.with_members(
        data, {"word/styles.xml": styles, "word/stylesWithEffects.xml": styles}
    )


def template(body: str) -> bytes:
    """The body in a .docx of its own."""
    document = make.members(_base())["word/document.xml"].decode()
    start, end = document.index("<w:body>") + 8, document.index("<w:sectPr")
    changed = document[:start] + body + document[end:]
    return make.with_members(_base(), {"word/document.xml": changed.encode()})
