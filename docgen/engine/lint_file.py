"""Checks of what Word has left in the file: tracked changes, comments, fields, content controls. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from docgen.engine.faults import Fault, quoted
from docgen.engine.places import W
from docgen.engine.scan import Node, Part, loose_names

_CHANGES = tuple(
    W + name
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange"),
        *("trPrChange", "tcPrChange", "sectPrChange", "cellIns", "cellDel", "numberingChange"),
    )
)
_OPEN = re.compile(r"\{\{|\{%")
#: Fields that a reader does not bring up to date: the link and the form field keep what they show.
_STILL = frozenset({"HYPERLINK", "FORMTEXT", ""})
_CONTROLS = {
    W + "dataBinding": "gắn với dữ liệu khác: Word sẽ ghi đè khi mở",
    W + "showingPlcHdr": "đang hiện chữ gợi ý: Word coi thẻ là chữ gợi ý và có thể xóa",
    W + "dropDownList": "là danh sách chọn: giá trị điền vào có thể không có trong danh sách",
    W + "comboBox": "là danh sách chọn: giá trị điền vào có thể không có trong danh sách",
    W + "date": "là ô chọn ngày: chữ điền vào không đổi được ngày của ô",
}


def check_file(part: Part, known: Mapping[str, str] | None) -> list[Fault]:
    """All of these faults in one part; ``known`` are the names of the kind, if they are given."""
    return [
        *_tracked(part),
        *_comments(part),
        *_controls(part),
        *_fields(part),
        *_loose(part, known or {}),
    ]


def _tracked(part: Part) -> Iterator[Fault]:
    changes = list(part.root.iter(*_CHANGES))
    if changes:
        message = (
            f"Mẫu còn {len(changes)} chỗ sửa có theo dõi; mọi văn bản sẽ mang theo chúng. "
            "Vào Xem lại, chọn Chấp nhận tất cả, rồi lưu"
        )
        yield Fault("FILE-01", message, part.place_of(changes[0]))
    for node in part.root.iter(W + "delText"):
        if _OPEN.search(node.text or ""):
            message = (
                f"Thẻ {quoted(node.text or '')} đã xóa (có theo dõi) nhưng vẫn được điền; "
                "chấp nhận chỗ xóa rồi lưu"
            )
            yield Fault("FILE-01", message, replace(part.place_of(node), tag=node.text or ""))


def _comments(part: Part) -> Iterator[Fault]:
    marks = list(part.root.iter(W + "commentReference"))
    if marks:
        message = f"Mẫu còn {len(marks)} bình luận; mọi văn bản sẽ mang theo chúng. Xóa hết rồi lưu"
        yield Fault("FILE-02", message, part.place_of(marks[0]))


def _controls(part: Part) -> Iterator[Fault]:
    told: set[Node] = set()
    for tag in part.tags:
        if tag.first is None:
            continue
        for control in tag.first.iterancestors(W + "sdt"):
            properties = control.find(W + "sdtPr")
            if control in told or properties is None:
                continue
            told.add(control)
            for name, reason in _CONTROLS.items():
                if properties.find(name) is not None:
                    message = f"Ô điều khiển nội dung chứa thẻ {quoted(tag.text)} {reason}; xóa ô, giữ chữ"
                    yield Fault("FILE-04", message, tag.place)
                    break


def _fields(part: Part) -> Iterator[Fault]:
    codes = _field_codes(part.root)
    told: set[str] = set()
    for tag in part.tags:
        code = None if tag.first is None else codes.get(tag.first)
        if code is None or tag.first is None:
            continue
        word = next(iter(code.split()), "").upper()
        if word in _STILL:
            continue
        if tag.first.tag == W + "instrText":
            message = (
                f"Thẻ {quoted(tag.text)} nằm trong mã trường {word}; "
                "kết quả chỉ đổi khi Word cập nhật trường (F9)"
            )
        else:
            message = (
                f"Thẻ {quoted(tag.text)} nằm trong trường {word}; Word sẽ ghi đè khi cập nhật trường. "
                "Đặt thẻ ngoài trường"
            )
        yield Fault("FILE-03", message, tag.place)
    for node, code in codes.items():
        match = re.match(r"\s*MERGEFIELD\s+\"?([^\s\"]+)", code)
        if match and code not in told:
            told.add(code)
            message = f"Trường trộn thư «{match[1]}» không được docgen điền; thay bằng {{{{ {match[1]} }}}}"
            yield Fault("FILE-05", message, part.place_of(node), match[1])


def _field_codes(root: Node) -> dict[Node, str]:
    """The code of the field that each text node in one belongs to."""
    found: dict[Node, str] = {}
    stack: list[tuple[list[str], list[Node]]] = []
    for node in root.iter(W + "fldChar", W + "instrText", W + "t"):
        if node.tag == W + "fldChar":
            kind = node.get(W + "fldCharType")
            if kind == "begin":
                stack.append(([], []))
            elif kind == "end" and stack:
                code, nodes = stack.pop()
                for inner in nodes:
                    found.setdefault(inner, "".join(code))
        elif stack:
            stack[-1][1].append(node)
            if node.tag == W + "instrText":
                stack[-1][0].append(node.text or "")
    for simple in root.iter(W + "fldSimple"):
        for node in simple.iter(W + "t"):
            found.setdefault(node, simple.get(W + "instr", ""))
    return found


def _loose(part: Part, known: Mapping[str, str]) -> Iterator[Fault]:
    """Names of the kind in one brace, or in guillemets: they would be printed as they stand."""
    for name, typed, place in loose_names(part):
        if name not in known:
            continue
        if typed.startswith("{"):
            message = f"{typed} chỉ có một dấu ngoặc nên không phải thẻ; viết {{{{ {name} }}}}"
            yield Fault("TAG-04", message, place, name)
        else:
            message = f"{typed} là kiểu trộn thư, docgen không điền; viết {{{{ {name} }}}}"
            yield Fault("FILE-05", message, place, name)
