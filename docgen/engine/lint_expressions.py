"""Checks of what is written in the tags: syntax, odd characters, filters, calls, dangerous reaching. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from docgen.engine import language
from docgen.engine.errors import Place
from docgen.engine.faults import Fault, did_you_mean, quoted
from docgen.engine.lint_structure import BLOCKS, CELL_WORDS, ENDS, KNOWN, REFUSED_WORDS, Frame
from docgen.engine.scan import Tag
from docgen.engine.values import nfc

_CURLY = str.maketrans("“”‘’", "\"\"''")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
#: What Word's AutoCorrect and copying from the web put in place of plain signs, and the plain sign.
_PLAIN_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("„‟″«»", '"'),
    **dict.fromkeys("′´`‚‛", "'"),
    "×": "*",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "…": "...",
    "·": ".",
    **dict.fromkeys(_HIDDEN, ""),
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
_TARGETS = re.compile(r"^([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s+in\b")
#: Of Jinja itself; nothing for a document.
PYTHON_NAMES = frozenset({"self", "cycler", "joiner", "lipsum", "dict"})
_GIVE_LISTS = frozenset(
    {"list", "map", "select", "reject", "selectattr", "rejectattr", "batch", "slice"}
)
_CALLABLE = frozenset({"range", "namespace", "caller", "loop"})
_SAYINGS = (
    (r"expected token 'end of .+?', got '(.+?)'", "thừa «{0}», hoặc thiếu dấu nối ở trước nó"),
    (r"expected token '(.+?)', got 'end of .+?'", "thiếu «{0}» ở cuối"),
    (r"expected token '(.+?)', got '(.+?)'", "cần «{0}» nhưng gặp «{1}»"),
    (r"unexpected '(.+?)', expected '(.+?)'", "gặp «{0}» nhưng cần «{1}»"),
    (r"unexpected char '(.+?)' at", "ký tự lạ «{0}»"),
    (r"unexpected '(.+?)'", "thừa «{0}»"),
    (r"Expected an expression, got", "thiếu tên hay giá trị"),
    (r"unexpected 'end of", "thiếu tên hay giá trị ở cuối"),
    (r"unexpected end of template", "thiếu phần cuối"),
    (r"[Cc]an't assign to '?(.+?)'?$", "không đặt được giá trị cho «{0}»"),
)


@dataclass(frozen=True, slots=True)
class Program:
    """All tags of a part as one Jinja program, a line for each; ``tags[i]`` stands on line ``i + 1``."""

    tree: nodes.Template | None
    tags: tuple[Tag | None, ...]
    part: str

    def tag(self, line: int | None) -> Tag | None:
        """The tag on a line; None for a node that Jinja gives no line."""
        return self.tags[line - 1] if line and 0 < line <= len(self.tags) else None

    def place(self, line: int | None) -> Place:
        """The place of the tag on a line."""
        tag = self.tag(line)
        return Place(self.part) if tag is None else tag.place


def read_program(frame: Frame, part: str) -> tuple[Program, list[Fault]]:
    """Parse every tag by itself, then all together; a tag with a fault is replaced by a harmless one."""
    lines: list[str] = []
    faults: list[Fault] = []
    for word, tag in frame.steps:
        if tag is None:
            lines.append(f"{{% {word} %}}")
            continue
        code, found = _piece(tag)
        lines.append(code)
        faults += found
    tags = tuple(tag for _, tag in frame.steps)
    try:
        tree: nodes.Template | None = language.environment().parse("\n".join(lines))
    except TemplateSyntaxError as error:  # a tag that is right alone, at a wrong place
        tree = None
        if not faults:
            place = Program(None, tags, part).place(error.lineno)
            faults.append(Fault("TAG-07", f"Thẻ viết sai: {_said(error)}", place))
    except RecursionError:
        tree = None
        message = "Các thẻ lồng nhau quá sâu; tách thành nhiều phần"
        faults.append(Fault("TAG-07", message, Program(None, tags, part).place(1)))
    return Program(tree, tags, part), faults


def _piece(tag: Tag) -> tuple[str, list[Fault]]:
    if tag.kind == "%" and (tag.word in CELL_WORDS or tag.word not in KNOWN):
        return _outside_jinja(tag)
    inner, faults = _plain_signs(tag)
    if tag.kind == "{" and not inner:
        message = "Thẻ {{ }} trống; ghi tên trường vào giữa hoặc xóa thẻ"
        return "", [*faults, Fault("TAG-07", message, tag.place)]
    code = f"{{{{ {inner} }}}}" if tag.kind == "{" else f"{{% {inner} %}}"
    reason = _syntax(code, tag)
    if reason is None:
        return code, faults
    if not faults:
        faults = [Fault("TAG-07", _syntax_message(inner, tag, reason), tag.place)]
    return _harmless(tag, inner), faults


def _outside_jinja(tag: Tag) -> tuple[str, list[Fault]]:
    """Tags that are docxtpl's own, and those that no template may hold."""
    if tag.word in REFUSED_WORDS:
        message = (
            f"Không được dùng thẻ «{tag.word}»: mẫu phải trọn trong một tệp; chép nội dung vào mẫu"
        )
        return "", [Fault("EXPR-01", message, tag.place, tag.word)]
    if tag.word in ("colspan", "cellbg"):
        code = f"{{{{ {nfc(tag.rest).translate(_CURLY)} }}}}".replace("\n", " ")
        reason = _syntax(code, tag) if tag.rest else "thiếu tên hay giá trị"
        if reason is None:
            return code, []
        message = f"Thẻ {quoted(tag.text)} viết sai: {reason}"
        return "", [Fault("TAG-07", message, tag.place)]
    return "", []


def _plain_signs(tag: Tag) -> tuple[str, list[Fault]]:
    """The inside of a tag with plain signs, and a fault that names those which are not."""
    inner = re.sub(r"\s", " ", nfc(tag.inner))
    odd = [letter for letter in "“”‘’" if letter in inner]
    inner = inner.translate(_CURLY)
    pieces, position = [], 0
    for match in [*_STRING.finditer(inner), None]:
        end = len(inner) if match is None else match.start()
        outside = inner[position:end]
        odd += [letter for letter in _PLAIN_SIGNS if letter in outside]
        pieces.append("".join(_PLAIN_SIGNS.get(letter, letter) for letter in outside))
        if match is not None:
            pieces.append(match.group())
            position = match.end()
    if not odd:
        return inner, []
    shown = ", ".join(
        f"U+{ord(letter):04X} (ẩn)" if letter in _HIDDEN else f"«{letter}»"
        for letter in dict.fromkeys(odd)
    )
    message = (
        f"Trong thẻ có {shown}, do Word tự đổi khi gõ hoặc do chép từ nơi khác; "
        "gõ lại bằng dấu thường: ' \" -"
    )
    return "".join(pieces), [Fault("TAG-08", message, tag.place)]


def _syntax(code: str, tag: Tag) -> str | None:
    """What is wrong with one tag alone; None if nothing."""
    if tag.word in ENDS:
        opening = _harmless_opening(ENDS[tag.word])
        code = opening + code
    elif tag.word in ("else", "elif"):
        code = "{% if true %}" + code + "{% endif %}"
    elif tag.word in BLOCKS and not (tag.word == "set" and "=" in tag.rest):
        code += f"{{% {BLOCKS[tag.word]} %}}"
    try:
        language.environment().parse(code)
    except TemplateSyntaxError as error:
        return _said(error)
    except RecursionError:
        return "biểu thức lồng quá sâu"
    return None


def _said(error: TemplateSyntaxError) -> str:
    for pattern, sentence in _SAYINGS:
        if match := re.search(pattern, error.message or ""):
            return sentence.format(*match.groups())
    return "sai cú pháp"


def _syntax_message(inner: str, tag: Tag, reason: str) -> str:
    if tag.kind == "{" and re.fullmatch(r"\w+( +\w+)+", inner):
        joined = "_".join(inner.split())
        return f"Tên không được có dấu cách; có phải «{joined}» ?"
    if tag.word == "for" and " in " not in f" {tag.rest} ":
        return f"Thẻ {quoted(tag.text)} thiếu «in»; viết {{% for x in ten_danh_sach %}}"
    if tag.word in ("if", "elif") and re.search(r"[^=!<>]=[^=]", inner):
        return f"Thẻ {quoted(tag.text)} viết sai: so sánh bằng thì dùng hai dấu =="
    return f"Thẻ {quoted(tag.text)} viết sai: {reason}"


def _harmless(tag: Tag, inner: str) -> str:
    """A tag that keeps the frame when the real one cannot be read."""
    if tag.word == "for":
        targets = _TARGETS.match(inner[len("for") :].strip())
        return f"{{% for {targets[1] if targets else 'x'} in [] %}}"
    if tag.word in ENDS:
        return f"{{% {tag.word} %}}"
    if tag.word in ("else", "elif"):
        return f"{{% {tag.word}{' true' if tag.word == 'elif' else ''} %}}"
    if tag.word in BLOCKS and not (tag.word == "set" and "=" in tag.rest):
        return _harmless_opening(tag.word)
    return ""


def _harmless_opening(word: str) -> str:
    openings = {
        "for": "{% for x in [] %}",
        "if": "{% if true %}",
        "macro": "{% macro m() %}",
        "call": "{% call range() %}",
        "with": "{% with %}",
        "filter": "{% filter upper %}",
        "raw": "{% raw %}",
        "set": "{% set x %}",
    }
    return openings[word]


def check_expressions(program: Program) -> Iterator[Fault]:
    """Filters, tests, calls and attributes that no template may use."""
    if program.tree is None:
        return
    local = _local_names(program.tree)
    yield from _outside_loops(program)
    yield from _unprintable(program)
    for node in program.tree.find_all(nodes.Node):
        place = program.place(node.lineno)
        if isinstance(node, nodes.Filter | nodes.Test):
            yield from _known(node, place)
        elif isinstance(node, nodes.Getattr | nodes.Getitem):
            yield from _attribute(node, place)
        elif isinstance(node, nodes.Call):
            yield from _call(node, place, local)
        elif isinstance(node, nodes.FilterBlock):
            message = (
                "Thẻ filter đổi cả mã của các chữ & < >: văn bản sẽ hỏng nếu dữ liệu có chúng; "
                "đặt bộ lọc trong từng thẻ: {{ ten|upper }}"
            )
            yield Fault("EXPR-08", message, place)
        elif isinstance(node, nodes.Macro | nodes.CallBlock):
            message = "Mẫu dùng macro: chạy được, nhưng người sau khó sửa; nên viết thẳng bằng for, if và set"
            yield Fault("EXPR-04", message, place)
        elif isinstance(node, nodes.Name) and _is_python(node.name, local):
            message = f"Không được dùng «{node.name}» trong mẫu; bỏ đi"
            yield Fault("EXPR-01", message, place, node.name)
        elif isinstance(node, nodes.Pow) or (
            isinstance(node, nodes.Mod)
            and isinstance(node.left, nodes.Const)
            and isinstance(node.left.value, str)
        ):
            yield Fault("EXPR-01", "Phép tính này không được dùng trong mẫu; bỏ đi", place)


def _is_python(name: str, local: frozenset[str]) -> bool:
    return name not in local and (name in PYTHON_NAMES or name.startswith("_"))


def _local_names(tree: nodes.Template) -> frozenset[str]:
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    return frozenset(stored | {node.name for node in tree.find_all(nodes.Macro)})


def _known(node: nodes.Filter | nodes.Test, place: Place) -> Iterator[Fault]:
    is_filter = isinstance(node, nodes.Filter)
    known = language.FILTERS if is_filter else frozenset(language.environment().tests)
    if node.name in known:
        return
    near = tuple(difflib.get_close_matches(node.name, sorted(known), n=2, cutoff=0.6))
    what = "bộ lọc" if is_filter else "phép thử"
    if node.name in ("safe", "attr", "xmlattr", "pprint", "tojson"):
        message = f"Không được dùng bộ lọc «{node.name}» trong mẫu; bỏ đi"
    else:
        message = f"Không có {what} «{node.name}»{did_you_mean(near)}"
    if not near and is_filter:
        message += "; các bộ lọc hay dùng: default, join, upper, lower, title, length, replace"
    yield Fault("EXPR-02", message, place, node.name, near)


def _attribute(node: nodes.Getattr | nodes.Getitem, place: Place) -> Iterator[Fault]:
    name = node.attr if isinstance(node, nodes.Getattr) else None
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        name = node.arg.value if isinstance(node.arg.value, str) else None
    if name is None:
        return
    if name.startswith("_"):
        message = f"Không được dùng «.{name}»: mẫu chỉ đọc dữ liệu của văn bản; bỏ đi"
        yield Fault("EXPR-01", message, place, name)
    elif _is_loop(node.node) and name not in language.LOOP_NAMES:
        near = tuple(difflib.get_close_matches(name, sorted(language.LOOP_NAMES), n=2, cutoff=0.6))
        message = f"Biến loop không có «{name}»{did_you_mean(near) or '; dùng loop.index, loop.first, loop.last'}"
        yield Fault("EXPR-06", message, place, f"loop.{name}", near)


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _outside_loops(program: Program) -> Iterator[Fault]:
    if program.tree is None:
        return
    inside = {
        id(name)
        for loop in program.tree.find_all(nodes.For)
        for statement in loop.body
        for name in [statement, *statement.find_all(nodes.Name)]
    }
    for name in program.tree.find_all(nodes.Name):
        if name.name == "loop" and name.ctx == "load" and id(name) not in inside:
            message = "Biến loop chỉ có ở giữa for và endfor; chuyển thẻ vào trong vòng lặp"
            yield Fault("EXPR-06", message, program.place(name.lineno), "loop")


def _unprintable(program: Program) -> Iterator[Fault]:
    """Printed expressions that always give several values."""
    if program.tree is None:
        return
    for output in program.tree.find_all(nodes.Output):
        for node in output.nodes:
            several = (
                isinstance(node, nodes.Tuple | nodes.List | nodes.Dict)
                or (isinstance(node, nodes.Filter) and node.name in _GIVE_LISTS)
                or (
                    isinstance(node, nodes.Call)
                    and isinstance(node.node, nodes.Getattr)
                    and node.node.attr in ("items", "keys", "values", "split")
                )
            )
            if several:
                message = "Thẻ cho ra nhiều giá trị, không in được như một chữ; thêm |join(', ') hoặc dùng for"
                yield Fault("EXPR-07", message, program.place(node.lineno))


def _call(node: nodes.Call, place: Place, local: frozenset[str]) -> Iterator[Fault]:
    called = node.node
    if isinstance(called, nodes.Name):
        if called.name in _CALLABLE | local or called.name in PYTHON_NAMES:
            return  # the last are told as names
        shown = f"{called.name}()"
    elif isinstance(called, nodes.Getattr):
        if called.attr in language.METHODS or called.attr.startswith("_"):
            return
        if _is_loop(called.node):
            return
        shown = f".{called.attr}()"
    else:
        shown = "hàm"
    message = f"Không được gọi {shown} trong mẫu; in một trường thì chỉ viết tên, không có ngoặc"
    yield Fault("EXPR-03", message, place, shown)
