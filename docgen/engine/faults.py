"""What the template checker says: one fault with its place, and the rules it may name. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from docgen.engine.errors import Place

ERROR, WARNING = "E", "W"

#: Rule id -> what it is about. The severity of a rule is fixed: E cannot give the right document.
RULES = MappingProxyType(
    {
        "TAG-01": "thẻ chưa đóng trong đoạn của nó",
        "TAG-02": "thẻ bị ngắt sang đoạn khác",
        "TAG-03": "dấu đóng thẻ thừa",
        "TAG-04": "dấu ngoặc của thẻ viết sai",
        "TAG-05": "thẻ nằm vắt qua ranh giới của liên kết, ô điều khiển hay trường",
        "TAG-06": "không có thẻ này",
        "TAG-07": "thẻ trống hoặc viết sai cú pháp",
        "TAG-08": "ký tự lạ trong biểu thức (nháy cong, gạch dài, ký tự ẩn)",
        "TAG-09": "thẻ p, tr, tc chứa dấu % hay }",
        "BLOCK-01": "thẻ mở chưa có thẻ đóng",
        "BLOCK-02": "thẻ đóng không có thẻ mở",
        "BLOCK-03": "thẻ đóng chéo nhau",
        "BLOCK-04": "thẻ mở và thẻ đóng không cùng cấp",
        "BLOCK-05": "thẻ p, tr, tc đứng chung với nội dung khác",
        "BLOCK-06": "thẻ tr, tc đứng ngoài bảng",
        "BLOCK-07": "hình nằm chung với thẻ p, tr, tc sẽ mất",
        "NAME-01": "tên không có trong loại văn bản này",
        "NAME-02": "tên viết bằng chữ có dấu rời (NFD)",
        "NAME-03": "danh sách hay nhóm dùng như một chữ",
        "NAME-04": "chữ dùng như một danh sách hay nhóm",
        "NAME-05": "trường của loại văn bản không được dùng trong mẫu",
        "NAME-06": "tên lạ nhưng có giá trị thay thế",
        "EXPR-01": "biểu thức nguy hiểm",
        "EXPR-02": "không có bộ lọc hay phép thử này",
        "EXPR-03": "gọi hàm không được phép",
        "EXPR-04": "macro khó theo dõi trong mẫu",
        "EXPR-05": "chữ có định dạng ở thẻ thường",
        "EXPR-06": "không có thuộc tính này của loop",
        "EXPR-07": "biểu thức cho ra danh sách hay nhóm, không in được",
        "EXPR-08": "thẻ filter có thể làm hỏng các chữ & < >",
        "PIC-01": "hình hay văn bản con đặt sai thẻ hay sai chỗ",
        "PIC-02": "hình nằm ở dòng hay hàng có chiều cao cố định sẽ bị cắt",
        "FILE-01": "mẫu còn thay đổi được theo dõi",
        "FILE-02": "mẫu còn bình luận",
        "FILE-03": "thẻ nằm trong trường của Word",
        "FILE-04": "thẻ nằm trong ô điều khiển nội dung có thể bị Word ghi đè",
        "FILE-05": "trường trộn thư của Word",
        "FILE-06": "tệp chứa thứ không được phép có trong mẫu",
        "FILE-07": "máy lập văn bản không nhận mẫu này",
        "FILE-08": "quá nhiều lỗi, chỉ nêu các lỗi đầu tiên",
    }
)
_WARNINGS = frozenset(
    {"TAG-03", "BLOCK-07", "NAME-02", "NAME-05", "NAME-06", "EXPR-04", "EXPR-08", "PIC-02"}
    | {"FILE-01", "FILE-02", "FILE-03", "FILE-04", "FILE-05", "FILE-08"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a template.

    ``where``: its place; ``name``: the dotted name concerned; ``suggestions``: names that may be meant;
    ``related``: the other tag of a pair. ``message`` says what is wrong and what to do.
    """

    rule: str
    message: str
    where: Place
    name: str | None = None
    suggestions: tuple[str, ...] = ()
    related: Place | None = None

    @property
    def severity(self) -> str:
        """E (cannot give the right document) or W (look at it)."""
        return WARNING if self.rule in _WARNINGS else ERROR

    def as_facts(self) -> dict[str, object]:
        """The fault as plain data; ``fault_from_facts`` reads it back."""
        facts: dict[str, object] = {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "where": {**self.where.as_facts(), "part_vi": part_vi(self.where)},
        }
        if self.name is not None:
            facts["name"] = self.name
        if self.suggestions:
            facts["suggestions"] = list(self.suggestions)
        if self.related is not None:
            facts["related"] = {**self.related.as_facts(), "part_vi": part_vi(self.related)}
        return facts

    def __str__(self) -> str:
        return f"[{self.severity}] {self.rule}  {self.where}\n    {self.message}"


def part_vi(place: Place) -> str:
    """The part as people call it: thân văn bản, đầu trang ..."""
    return str(Place(place.part))


def at(place: Place) -> str:
    """Where a place is, without the text that stands there."""
    return str(replace(place, text="", tag=""))


def quoted(text: str, length: int = 60) -> str:
    """A tag for a message, cut short."""
    return f"«{text if len(text) <= length else text[: length - 1] + '…'}»"


def did_you_mean(names: tuple[str, ...]) -> str:
    """The question that ends a message about an unknown name; empty without suggestions."""
    if not names:
        return ""
    return f"; có phải {' hay '.join(f'«{name}»' for name in names)} ?"


def fault_from_facts(facts: dict[str, object]) -> Fault:
    """The fault that ``as_facts`` gave. Raises KeyError or TypeError for anything else."""
    suggestions = facts.get("suggestions", [])
    related = facts.get("related")
    name = facts.get("name")
    return Fault(
        rule=str(facts["rule"]),
        message=str(facts["message"]),
        where=_place(facts["where"]),
        name=None if name is None else str(name),
        suggestions=tuple(str(item) for item in suggestions)
        if isinstance(suggestions, list)
        else (),
        related=None if related is None else _place(related),
    )


def _place(facts: object) -> Place:
    if not isinstance(facts, dict):
        raise TypeError("a place is a mapping")
    return Place(**{key: value for key, value in facts.items() if key != "part_vi"})
