"""The 54 ethnic groups: one spelling, the official code, aliases, and traps (corrections §6).

Records are keyed by name; the code (QĐ 121-TCTK/PPCĐ order) is for export only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import Unreadable
from core.letters import clean_line, fold, unaccent


@dataclass(frozen=True, slots=True)
class EthnicGroup:
    """One group: official two-digit code, name as this house prints it, other names met."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


_TABLE = """
01|Kinh|Việt
02|Tày
03|Thái|Thái trắng, Thái đen
04|Hoa
05|Khmer|Khơ-me
06|Mường
07|Nùng
08|Mông|H'Mông, Mèo, Mẹo, Ná Mẻo
09|Dao|Kìm Miền, Quần Chẹt, Dao Tiền, Dao Đỏ
10|Gia Rai
11|Ngái
12|Ê Đê
13|Ba Na
14|Xơ Đăng
15|Sán Chay
16|Cơ Ho
17|Chăm
18|Sán Dìu
19|Hrê
20|Mnông
21|Raglay|Ra-glai
22|Xtiêng
23|Bru Vân Kiều
24|Thổ
25|Giáy|Dáy, Nhắng, Dẩng, Pầu Thìn, Cùi Chu, Xạ
26|Cơ Tu
27|Giẻ Triêng|Gié Triêng
28|Mạ
29|Khơ Mú|Khmú, Xá Cẩu, Mứn Xen, Pu Thênh, Tềnh, Tày Hạy
30|Co
31|Chơ Ro
32|Tà Ôi
33|Kháng|Xá Súa, Xá Đón, Quảng Lâm
34|Xinh Mun
35|Hà Nhì|U Ní, Xá U Ní
36|Chu Ru
37|Lào
38|La Chí
39|La Ha
40|Phù Lá
41|La Hủ|Cò Xung, Khù Sung, Khả Quy
42|Lự|Lừ, Phù Lừ, Nhuồn, Duồn
43|Lô Lô
44|Chứt
45|Mảng|Mảng Ư, Xá Mảng, Niểng O, Xá Bá O
46|Pà Thẻn
47|Cơ Lao|Co Lao
48|Cống|Xắm Khống, Phuy A, Mấng Nhé
49|Bố Y
50|Si La|Cù Dề Xừ, Khả Pẻ
51|Pu Péo
52|Brâu
53|Ơ Đu
54|Rơ Măm
"""


def _groups() -> tuple[EthnicGroup, ...]:
    groups = []
    for line in _TABLE.split("\n"):
        if line:
            code, name, *rest = line.split("|")
            groups.append(
                EthnicGroup(code, name, tuple(", ".join(rest).split(", ")) if rest else ())
            )
    return tuple(groups)


ETHNIC_GROUPS = _groups()
FOREIGNER_CODE, UNKNOWN_CODE = "55", "99"
#: Names used for several groups: a person must choose. Values are the groups our sources name;
#: there are others, so not even a single one is certain.
TRAPS: dict[str, tuple[str, ...]] = {
    "Thổ": ("Thổ",),
    "Xá": ("Khơ Mú",),
    "Xá Lá Vàng": ("La Hủ",),
    "Mán": ("Dao",),
    "Xá Khao": ("Kháng",),
}


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text, fold_iy=True))


def _bare_keys() -> dict[str, str | None]:
    """Keys without marks, for text typed so; None where two groups or a trap share one."""
    bare: dict[str, str | None] = {}
    for key, name in _BY_KEY.items():
        plain = unaccent(key)
        bare[plain] = name if bare.get(plain, name) == name else None
    return bare | {unaccent(trap): None for trap in _TRAP_KEYS}


_BY_NAME = {group.name: group for group in ETHNIC_GROUPS}
_TRAP_KEYS = {_key(name): groups for name, groups in TRAPS.items()}
_BY_KEY = {
    _key(n): g.name
    for g in ETHNIC_GROUPS
    for n in (g.name, *g.aliases)
    if _key(n) not in _TRAP_KEYS
}
_BY_BARE_KEY = _bare_keys()
_LEAD = re.compile(r"^(?:người\s+)?(?:dân tộc|d\.?\s*tộc|người)\s*:?\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*$")


def group_named(name: str) -> EthnicGroup:
    """The group of a stored name. Raises Unreadable when it is none of the 54."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise Unreadable(f"“{name}” không phải là tên của một trong 54 dân tộc.") from None


def find_ethnicity(text: str) -> str | None:
    """The printed name for a text (``H'Mông``, ``HÀ NHÌ``, ``Khmú``, ``Thái đen``), or None if none or a trap.

    Compared with marks; without marks only where the text has none and one group fits.
    """
    line = _LEAD.sub("", clean_line(text))
    bracket = _BRACKET.search(line)
    if bracket:
        outside, inside = (find_ethnicity(t) for t in (line[: bracket.start()], bracket["inside"]))
        return outside if outside and inside in {None, outside} else None
    key = _key(line)
    if key in _TRAP_KEYS:
        return None
    if key in _BY_KEY:
        return _BY_KEY[key]
    return _BY_BARE_KEY.get(key) if key == unaccent(key) else None


def parse_ethnicity(text: str) -> str:
    """Like `find_ethnicity`, but raises Unreadable with the reason; code ``ambiguous`` for a trap."""
    name = find_ethnicity(text)
    if name is not None:
        return name
    line = clean_line(text)
    meant = _TRAP_KEYS.get(_key(_LEAD.sub("", line)))
    if meant:
        raise Unreadable(
            f"“{line}” là tên gọi chung của nhiều dân tộc ({', '.join(meant)} và dân tộc khác); cần chọn đúng dân tộc.",
            code="ambiguous",
            facts={"candidates": list(meant)},
        )
    raise Unreadable(f"“{line}” không có trong danh mục 54 dân tộc.")
