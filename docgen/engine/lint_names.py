"""Checks of names against the vocabulary of a kind: unknown, misspelt, misused, unused. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from docgen.engine.errors import Place
from docgen.engine.faults import Fault, did_you_mean
from docgen.engine.lint_expressions import PYTHON_NAMES, Program
from docgen.engine.names import Names, Use, collect
from docgen.engine.scan import Tag
from docgen.engine.values import nfc

#: Kinds of names in a vocabulary (any other kind prints as text).
LIST, GROUP, YES_NO, RICH = "danh sách", "nhóm", "có/không", "chữ có định dạng"
_NO_TEXT = frozenset({"hình", "văn bản con"})
_STEPS = re.compile(r"\[\]|[^.\[\]]+")
_ATTRIBUTE_FILTERS = frozenset({"map", "sort", "sum", "min", "max", "unique", "join"})
_MOST_SOUGHT = 100  # unknown names of a part that get a suggestion
_FIRST_ARGUMENT_FILTERS = frozenset({"selectattr", "rejectattr"})


@dataclass(frozen=True)
class Vocabulary:
    """The names a template may use, each with its kind (``danh sách``, ``nhóm``, ``văn bản`` ...).

    ``ds_doan_vien[].ho_ten`` is a field of the entries of a list; a list without fields holds text.
    """

    kinds: Mapping[str, str]
    _children: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.kinds:
            parent, _, last = name.rpartition(".")
            self._children.setdefault(parent, []).append(last)

    def below(self, parent: str) -> list[str]:
        """The fields right below a group or an entry of a list; the top names for an empty parent."""
        return self._children.get(parent, [])

    def kind(self, name: str) -> str:
        """The kind of a known name; of ``ds[]`` group or text."""
        if name.endswith("[]"):
            return GROUP if self.below(name) else "văn bản"
        return self.kinds[name]

    def owners(self, last: str) -> list[str]:
        """Full names of list entries' and groups' fields that end so."""
        return [name for name in self.kinds if name.rpartition(".")[2] == last and "." in name]


def check_names(program: Program, vocabulary: Vocabulary) -> tuple[list[Fault], frozenset[str]]:
    """Faults of the names of one part, and all names it uses."""
    if program.tree is None:
        return [], frozenset()
    names = collect(program.tree)
    checker = _Checker(program, vocabulary, _loop_names(program.tree))
    uses = [*names.uses, *_attribute_uses(program.tree, names)]
    for use in {(use.line, use.name): use for use in uses}.values():
        checker.use(use)
    for node in program.tree.find_all(nodes.Output):
        for child in node.nodes:
            checker.printed(names.by_node.get(id(child)), child.lineno)
    for loop in program.tree.find_all(nodes.For):
        checker.looped(names.by_node.get(id(loop.iter)), loop.lineno)
    faults = [*checker.faults, *decomposed(program)]
    return faults, frozenset(use.name for use in uses)


def _loop_names(tree: nodes.Template) -> frozenset[str]:
    return frozenset(
        name.name
        for loop in tree.find_all(nodes.For)
        for name in [loop.target, *loop.target.find_all(nodes.Name)]
        if isinstance(name, nodes.Name)
    )


def _attribute_uses(tree: nodes.Template, names: Names) -> Iterator[Use]:
    """Fields named as text in a filter: ``ds|map(attribute='ten')``, for lists printed or looped over."""
    known = {use.name for use in names.uses}
    for node in tree.find_all(nodes.Filter):
        base = node.node
        while isinstance(base, nodes.Filter):
            base = base.node
        if not isinstance(base, nodes.Name) or base.name not in known:
            continue
        values: list[nodes.Node] = [
            item.value for item in node.kwargs or [] if item.key == "attribute"
        ]
        if node.name in _FIRST_ARGUMENT_FILTERS and node.args:
            values.append(node.args[0])
        if node.name not in _ATTRIBUTE_FILTERS | _FIRST_ARGUMENT_FILTERS:
            continue
        for value in values:
            if isinstance(value, nodes.Const) and isinstance(value.value, str):
                yield Use(f"{base.name}[].{value.value}", node.lineno)


class _Checker:
    def __init__(self, program: Program, vocabulary: Vocabulary, loops: frozenset[str]) -> None:
        self._program = program
        self._vocabulary = vocabulary
        self._loops = loops
        self._hyphened: set[Tag] = set()
        self._sought = 0
        self.faults: list[Fault] = []

    def use(self, use: Use) -> None:
        """One name at one place."""
        current = ""
        for step in _STEPS.findall(use.name):
            if step == "[]":
                kind = self._vocabulary.kind(current)
                if kind != LIST:
                    return  # a letter of a text, a key of a group
                current += "[]"
                continue
            below = f"{current}.{step}" if current else step
            if below in self._vocabulary.kinds:
                current = below
                continue
            if step.startswith("_") or (not current and step in PYTHON_NAMES):
                return  # told as dangerous
            if not current:
                self._unknown_root(use, step)
            else:
                self._unknown_below(use, current, step)
            return

    def printed(self, path: str | None, line: int) -> None:
        """A name printed as it is: it must be a text or a number."""
        kind = self._resolved(path)
        tag = self._program.tag(line)
        if path is None or kind is None or tag is None or tag.kind != "{":
            return
        name, message = path, ""
        if kind == LIST:
            message = (
                f"«{name}» là danh sách, không in được như một chữ; "
                f"dùng {{% for x in {name} %}} … {{{{ x }}}} … {{% endfor %}}"
            )
        elif kind == GROUP:
            fields = ", ".join(self._vocabulary.below(path)[:4])
            message = (
                f"«{name}» là một nhóm trường, không in được; in từng trường của nó ({fields})"
            )
        elif kind == YES_NO:
            message = f"«{name}» là giá trị có/không; dùng trong {{% if {name} %}} … {{% endif %}}"
        elif kind == RICH and tag.prefix != "r":
            message = f"«{name}» là chữ có định dạng; viết {{{{r {name} }}}}"
            self.faults.append(Fault("EXPR-05", message, tag.place, name))
            return
        if message:
            self.faults.append(Fault("NAME-03", message, tag.place, name))

    def looped(self, path: str | None, line: int) -> None:
        """A name gone through by ``for``: it must be a list."""
        kind = self._resolved(path)
        if path is None or kind in (None, LIST, GROUP):
            return
        lists = [name for name, kind in self._vocabulary.kinds.items() if kind == LIST]
        near = tuple(difflib.get_close_matches(path, lists, n=2, cutoff=0.6))
        message = (
            f"«{path}» không phải danh sách nên không dùng với for được{did_you_mean(near)}"
            f"; in giá trị thì viết {{{{ {path} }}}}"
        )
        self.faults.append(Fault("NAME-04", message, self._program.place(line), path, near))

    def _similar(self, name: str, known: Iterable[str]) -> tuple[str, ...]:
        """Names that may be meant, for the first unknown ones: comparing thousands would take minutes."""
        self._sought += 1
        return similar(name, known) if self._sought <= _MOST_SOUGHT else ()

    def _resolved(self, path: str | None) -> str | None:
        if path is None:
            return None
        plain = path.removesuffix("[]")
        if plain not in self._vocabulary.kinds:
            return None
        if path != plain and self._vocabulary.kinds[plain] != LIST:
            return None
        return self._vocabulary.kind(path)

    def _unknown_root(self, use: Use, root: str) -> None:
        looped = re.match(re.escape(root) + r"\[\]", use.name) is not None
        if looped or self._told_as_hyphened(use):
            return  # told where the list itself stands
        place = self._program.place(use.line)
        if use.defaulted or use.asked:
            message = (
                f"Loại văn bản này không có tên «{use.name}»; giá trị thay thế sẽ luôn được dùng"
            )
            self.faults.append(Fault("NAME-06", message, place, use.name))
            return
        if root in self._loops:
            message = f"«{root}» là biến của vòng lặp nhưng dùng ngoài vòng lặp đó; chuyển thẻ vào giữa for và endfor"
            self.faults.append(Fault("NAME-01", message, place, use.name))
            return
        near = self._similar(root, self._vocabulary.below(""))
        owners = self._vocabulary.owners(root) if not near else []
        message = f"Loại văn bản này không có tên «{root}»"
        if owners:
            owner = owners[0].rpartition(".")[0]
            message += f"; «{root}» là trường của «{owner.removesuffix('[]')}»"
            if owner.endswith("[]"):
                message += f", dùng trong {{% for x in {owner[:-2]} %}} là {{{{ x.{root} }}}}"
            near = tuple(owners[:2])
        else:
            message += did_you_mean(near) + _foreign_letters(root)
        self.faults.append(Fault("NAME-01", message, place, use.name, near))

    def _told_as_hyphened(self, use: Use) -> bool:
        """``{{ ten-co-quan }}`` reads as a subtraction of three unknown names: one fault."""
        tag = self._program.tag(use.line)
        if tag is None or not re.fullmatch(r"\w+(?:-\w+)+", nfc(tag.inner)):
            return False
        joined = nfc(tag.inner).replace("-", "_")
        near = self._similar(joined, self._vocabulary.below(""))
        if not near:
            return False
        if tag not in self._hyphened:
            self._hyphened.add(tag)
            message = f"Tên trường dùng gạch dưới, không dùng gạch nối{did_you_mean(near)}"
            self.faults.append(Fault("NAME-01", message, tag.place, nfc(tag.inner), near))
        return True

    def _unknown_below(self, use: Use, parent: str, step: str) -> None:
        place = self._program.place(use.line)
        kind = self._vocabulary.kind(parent)
        shown = parent.replace("[]", "")
        if kind == LIST:
            fields = self._vocabulary.below(f"{parent}[]")
            message = f"«{shown}» là danh sách; trường «{step}» chỉ có ở từng dòng: {{% for x in {shown} %}} … x.{step}"
            near = tuple(f"{parent}[].{name}" for name in self._similar(step, fields))
            self.faults.append(Fault("NAME-03", message, place, use.name, near))
            return
        if kind != GROUP:
            noun = kind if kind in _NO_TEXT else "chữ"
            what = f"Mỗi dòng của «{shown}» là chữ"
            if not parent.endswith("[]"):
                what = f"«{shown}» là {noun}"
            message = f"{what}, không có trường «{step}»; bỏ phần .{step}"
            self.faults.append(Fault("NAME-04", message, place, use.name))
            return
        fields = self._vocabulary.below(parent)
        near = self._similar(step, fields)
        message = f"«{shown}» không có trường «{step}»{did_you_mean(near)}"
        if not near:
            message += f"; các trường có: {', '.join(fields)}"
        suggestions = tuple(f"{parent}.{name}" for name in near)
        rule = "NAME-06" if use.defaulted or use.asked else "NAME-01"
        self.faults.append(
            Fault(rule, message + _foreign_letters(step), place, use.name, suggestions)
        )


def similar(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to two known names that may be meant: the same but for accents and case, near, or longer ones."""
    names = sorted(known)
    wanted = _bare(name)
    same = [other for other in names if _bare(other) == wanted]
    if same:
        return tuple(same[:2])
    near = difflib.get_close_matches(wanted, names, n=2, cutoff=0.72)
    within = [other for other in names if f"_{wanted}_" in f"_{other}_"]  # ten: ho_ten
    return tuple((near or within)[:2])


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _foreign_letters(name: str) -> str:
    """A remark on letters that only look like Latin ones (copied from elsewhere)."""
    foreign = sorted(
        {
            letter
            for letter in name
            if letter.isalpha() and "LATIN" not in unicodedata.name(letter, "")
        }
    )
    if not foreign:
        return ""
    shown = ", ".join(f"«{letter}» U+{ord(letter):04X}" for letter in foreign)
    return f" (trong tên có chữ cái không phải La-tinh: {shown}; gõ lại)"


def decomposed(program: Program) -> Iterator[Fault]:
    """Tags typed in NFD, as some machines do: they work here, but not in searching and replacing."""
    for tag in program.tags:
        if tag is not None and tag.inner != nfc(tag.inner):
            message = "Chữ trong thẻ viết bằng dấu rời (NFD), thường do chép từ máy Mac hay từ PDF; gõ lại thẻ"
            yield Fault("NAME-02", message, tag.place, nfc(tag.inner))


def unused(used: Iterable[str], vocabulary: Vocabulary, place: Place) -> Iterator[Fault]:
    """Fields of the kind that no tag uses; of a list that is not used only the list."""
    covered: set[str] = set()
    for name in used:
        steps, current = _STEPS.findall(name), ""
        for step in steps:
            current += step if step == "[]" or not current else f".{step}"
            covered.add(current)
    for name in vocabulary.kinds:
        parent = name.rpartition(".")[0]
        if name in covered or (parent and parent not in covered):
            continue
        yield Fault("NAME-05", f"Mẫu không dùng trường «{name}»; bỏ qua nếu đúng ý", place, name)
