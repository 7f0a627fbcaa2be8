"""KY-01 to KY-08: who signs, how it is written (ND30 PL I II.7, Điều 13; QĐ 933 Phụ lục IV)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.letters import fold
from docgen.rules.checks.measures import Want, look_faults, whole
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Block, Paper
from docgen.rules.pieces import Piece

_PREFIX = re.compile(r"^(?P<p>TM|KT|TL|TUQ|Q)(?P<dot>\.)\s*(?P<rest>.*)$")
_LOOSE = re.compile(
    r"^(?P<p>T/M|K/T|T/L|TM|KT|TL|TUQ|TUN)\s*(?P<mark>[:/.,]|(?=\s))\s*(?P<rest>[A-ZĐ].*)$"
)
_COLLECTIVE = re.compile(
    r"^(?:BAN|ỦY BAN|UỶ BAN|UBND|ĐOÀN CHỦ TỊCH|ĐOÀN THƯ KÝ|HỘI ĐỒNG|TẬP THỂ|ĐẢNG ỦY|CHI BỘ|CẤP ỦY|CÔNG ĐOÀN|LIÊN ĐOÀN|"
    r"TỔNG LIÊN ĐOÀN|CHÍNH PHỦ|TỔ CÔNG TÁC|THƯỜNG TRỰC|BTV|BCH|TIỂU BAN)"
)
_HEAD = re.compile(
    r"^(?:Q\.\s*)?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|TRƯỞNG|CHÁNH|CHỦ NHIỆM|BÍ THƯ|HIỆU TRƯỞNG|TỔ TRƯỞNG|VIỆN TRƯỞNG)"
)
_DEPUTY = re.compile(r"^(?:PHÓ\b|(?:ỦY|UỶ) VIÊN)")
_IN_CHARGE = re.compile(r"PHỤ TRÁCH|ĐIỀU HÀNH")
_TITLES = re.compile(
    r"^(?:GS|PGS|TS|ThS|Th\.S|BS|KS|CN|LS|Thạc sĩ|Thạc sỹ|Tiến sĩ|Tiến sỹ|Giáo sư|Phó Giáo sư|Kỹ sư|Cử nhân|Bác sĩ|"
    r"Bác sỹ|Nghệ nhân|NSƯT|NSND|Nhà giáo|Anh hùng)\b[.\s]"
)


def _has_signer(paper: Paper) -> bool:
    return bool(paper.signers)


def _due(paper: Paper) -> bool:
    return paper.is_signed


def _texts(block: Block) -> list[str]:
    return [" ".join(piece.text.split()) for piece in block.posts]


def authority(paper: Paper) -> Iterator[Fault]:
    """KY-01: TM. before the collective, KT., TL., TUQ., Q. before the head's post."""
    if not paper.signers:
        message = "Thiếu quyền hạn, chức vụ của người ký."
        yield Fault(message, whole(paper), "không có", "TM. ... / CHỨC VỤ")
        return
    for block in paper.signers:
        for at, piece in enumerate(block.posts):
            yield from _prefix_faults(piece)
            text = piece.text.strip()
            bare = (
                at == 0
                and len(block.posts) > 1
                and re.match(r"^(?:BAN (?:THƯỜNG VỤ|CHẤP HÀNH)|ĐOÀN CHỦ TỊCH)", text)
            )
            if bare and not paper.is_congress:
                message = "Ký thay mặt tập thể phải ghi “TM.” trước tên tập thể."
                yield Fault(message, piece.where, text, f"TM. {text}")


def _prefix_faults(piece: Piece) -> Iterator[Fault]:
    text = " ".join(piece.text.split())
    found = _PREFIX.match(text)
    if found is None:
        loose = _LOOSE.match(text)
        if loose:
            short = loose["p"].replace("/", "")
            right = f"{short}. {loose['rest']}"
            yield Fault(
                "Quyền hạn viết tắt có dấu chấm: TM., KT., TL., TUQ., Q.", piece.where, text, right
            )
        return
    prefix, rest = found["p"], found["rest"]
    if prefix == "TM" and _HEAD.match(rest):
        yield Fault(
            "“TM.” đứng trước tên tập thể hoặc cơ quan, không đứng trước chức vụ.",
            piece.where,
            text,
            "TM. BAN THƯỜNG VỤ",
        )
    elif (prefix in {"KT", "Q"} and not _HEAD.match(rest)) or (
        prefix in {"TL", "TUQ"} and _DEPUTY.match(rest)
    ):
        message = f"“{prefix}.” đứng trước chức vụ của người đứng đầu."
        yield Fault(message, piece.where, text, f"{prefix}. CHỦ TỊCH")
    elif prefix in {"TL", "TUQ"} and _COLLECTIVE.match(rest):
        message = f"“{prefix}.” theo Nghị định 30 đứng trước chức vụ của người đứng đầu, không trước tên tập thể."
        yield Fault(message, piece.where, text, f"{prefix}. CHỦ TỊCH", "W")


def posts_look(paper: Paper) -> Iterator[Fault]:
    """KY-02: capitals, 13-14, upright bold, centred."""
    for block in paper.signers:
        want = Want(
            "Quyền hạn, chức vụ của người ký",
            13,
            14,
            bold=True,
            italic=False,
            caps=True,
            centred=True,
        )
        yield from look_faults([*block.posts, *block.host_posts], want)


def name_look(paper: Paper) -> Iterator[Fault]:
    """KY-03: sentence letters, 13-14, upright bold, centred; no academic title before it."""
    for block in paper.signers:
        if block.name is None:
            if not paper.is_congress and not _is_model(block):
                yield Fault(
                    "Thiếu họ tên người ký dưới chức vụ.",
                    block.posts[-1].where,
                    "không có",
                    "họ và tên, chữ đậm",
                )
            continue
        want = Want("Họ tên người ký", 13, 14, bold=True, italic=False, caps=False, centred=True)
        yield from look_faults([block.name], want)
        found = _TITLES.match(block.name.text)
        if found:
            message = "Trước họ tên người ký không ghi học hàm, học vị, danh hiệu."
            yield Fault(
                message,
                block.name.where,
                found.group().strip(),
                block.name.text[found.end() :].strip(),
            )


def _is_model(block: Block) -> bool:
    return "quyền hạn" in fold(block.posts[0].text)


def deputies(paper: Paper) -> Iterator[Fault]:
    """KY-04: a deputy signs under ``KT. <head's post>``; for a collective three lines."""
    for block in paper.signers:
        texts = _texts(block)
        for at, text in enumerate(texts):
            above = texts[:at]
            if _DEPUTY.match(text) and not any(
                line.startswith(("KT.", "K/T", "KT ", "TL.", "TUQ.")) for line in above
            ):
                message = "Cấp phó ký phải có dòng “KT.” và chức vụ người đứng đầu phía trên."
                yield Fault(message, block.posts[at].where, text, f"KT. CHỦ TỊCH / {text}")
            if text.startswith("KT."):
                below = texts[at + 1] if at + 1 < len(texts) else ""
                if not below.startswith(("PHÓ", "ỦY VIÊN", "UỶ VIÊN")) and not _IN_CHARGE.search(
                    below
                ):
                    message = "Dưới dòng “KT.” phải là chức vụ của cấp phó."
                    yield Fault(message, block.posts[at].where, below or "không có", "PHÓ CHỦ TỊCH")


def in_charge(paper: Paper) -> Iterator[Fault]:
    """KY-05: a deputy in charge signs as KT."""
    for block in paper.signers:
        for piece in block.posts:
            if _IN_CHARGE.search(piece.text):
                message = (
                    "Cấp phó phụ trách, điều hành ký với hình thức “KT.” chức vụ người đứng đầu."
                )
                yield Fault(message, piece.where, piece.text, "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")


def _prefixed(paper: Paper, prefix: str) -> list[tuple[Block, int]]:
    return [
        (block, at)
        for block in paper.signers
        for at, text in enumerate(_texts(block))
        if text.startswith(prefix)
    ]


def authorised(paper: Paper) -> Iterator[Fault]:
    """KY-06: TUQ. needs a written authorisation, named in the paper."""
    for block, at in _prefixed(paper, "TUQ."):
        if not any("ủy quyền" in fold(para.text) for para in (*paper.bases, *paper.body)):
            message = "Ký thừa ủy quyền phải có văn bản ủy quyền, giới hạn thời gian và nội dung; văn bản chưa dẫn."
            yield Fault(
                message,
                block.posts[at].where,
                "không dẫn văn bản ủy quyền",
                "Căn cứ Giấy ủy quyền số ...",
            )


def by_order(paper: Paper) -> Iterator[Fault]:
    """KY-07: TL. is signed by the head of a unit under the body (his deputy: KT.)."""
    for block, at in _prefixed(paper, "TL."):
        below = " ".join(_texts(block)[at + 1 :])
        if not re.match(r"^(?:KT\.\s*)?(?:CHÁNH|TRƯỞNG|GIÁM ĐỐC|CHỦ NHIỆM|TỔ TRƯỞNG)", below):
            message = "Ký thừa lệnh là người đứng đầu đơn vị thuộc cơ quan (Chánh Văn phòng, Trưởng ban ...)."
            yield Fault(
                message,
                block.posts[at].where,
                below or "không có",
                "CHÁNH VĂN PHÒNG, TRƯỞNG BAN ...",
            )


def _is_committee(paper: Paper) -> bool:
    return paper.issuer_name.upper().startswith(("BAN CHỈ ĐẠO", "HỘI ĐỒNG", "TIỂU BAN")) and bool(
        paper.signers
    )


def committee_post(paper: Paper) -> Iterator[Fault]:
    """KY-08: of a steering committee: post in it, and the post in the host body above the name."""
    block = paper.signers[-1]
    if not block.host_posts:
        message = "Văn bản của ban chỉ đạo: trên họ tên ghi thêm chức vụ ở cơ quan (nếu dùng dấu của cơ quan)."
        yield Fault(message, block.posts[-1].where, "không có", "CHỦ TỊCH LIÊN ĐOÀN LAO ĐỘNG TỈNH")


RULES = (
    Rule("KY-01", "E", "ND30 PL I II.7b", "Quyền hạn người ký", authority, _due),
    Rule("KY-02", "E", "ND30 PL I II.7đ", "Trình bày quyền hạn, chức vụ", posts_look, _has_signer),
    Rule("KY-03", "E", "ND30 PL I II.7c, 7đ", "Họ tên người ký", name_look, _has_signer),
    Rule("KY-04", "E", "ND30 PL I II.7b; Điều 13 k2", "Ký thay", deputies, _has_signer),
    Rule("KY-05", "W", "ND30 PL I II.7b", "Cấp phó phụ trách", in_charge, _has_signer),
    Rule(
        "KY-06",
        "W",
        "ND30 Điều 13 k3",
        "Thừa ủy quyền",
        authorised,
        lambda paper: bool(_prefixed(paper, "TUQ.")),
    ),
    Rule(
        "KY-07",
        "W",
        "ND30 Điều 13 k4",
        "Thừa lệnh",
        by_order,
        lambda paper: bool(_prefixed(paper, "TL.")),
    ),
    Rule(
        "KY-08", "W", "ND30 PL I II.7c", "Chức vụ trong ban chỉ đạo", committee_post, _is_committee
    ),
)
