"""Names of people and organisations: title case, sorting, keys for matching (domain brief §6.4, §6.6)."""

from __future__ import annotations

import re

from core.letters import ALPHABET, TONE_MARKS, clean_line, fold, is_syllable, split_tone, unaccent

_LETTER_KEYS = {letter: chr(ord("A") + at) for at, letter in enumerate(ALPHABET)}
_TONE_KEYS = {"": "0"} | {mark: str(at + 1) for at, mark in enumerate(TONE_MARKS)}
_ETH_AS_D = {"ð": "đ", "ɖ": "đ"}  # left where no Vietnamese word was recognised
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_NUMBER_WIDTH = 12


def _letter_and_tone(letter: str) -> tuple[str, str]:
    bare, tone = split_tone(_ETH_AS_D.get(letter, letter))
    key = _LETTER_KEYS.get(bare)
    if key is None:  # a foreign letter sorts by its base, or after all
        key = _LETTER_KEYS.get(unaccent(bare)[:1], "~")
    return key, _TONE_KEYS.get(tone[:1], "0")


def _piece_key(piece: str) -> str:
    if piece.isdecimal():
        return str(int(piece)).zfill(_NUMBER_WIDTH)
    pairs = [_letter_and_tone(letter) for letter in piece]
    return "".join(key for key, _ in pairs) + "!" + "".join(tone for _, tone in pairs)


def sort_key(s: str) -> str:
    """ASCII key that sorts by the Vietnamese alphabet and tones when compared byte by byte.

    Syllable by syllable: letters first (a ă â b c d đ ...), then tones (ngang huyền hỏi ngã sắc nặng);
    case and punctuation do not count, numbers sort by value. Can be stored in a column.
    """
    return " ".join(_piece_key(piece) for piece in _PIECE.findall(fold(s)))


def name_sort_key(full_name: str) -> str:
    """Sort key of a person: given name, then family name, then middle names."""
    words = clean_line(full_name).split()
    if len(words) < 2:
        return sort_key(full_name)
    return sort_key(" ".join([words[-1], words[0], *words[1:-1]]))


def given_name(full_name: str) -> str:
    """The last syllable of a full name (``Lò Văn Ín`` -> ``Ín``); empty for an empty name."""
    words = clean_line(full_name).split()
    return words[-1] if words else ""


def _capital(piece: str) -> str:
    head = piece[:1].upper()
    return (head if len(head) == 1 else piece[:1]) + piece[1:].lower()


_NAME_PIECE = re.compile(r"[^\W\d_]+")


def title_name(s: str) -> str:
    """A person's name given in capitals -> per syllable: ``GIÀNG A H'MÔNG`` -> ``Giàng A H'Mông``.

    A name with any small letter is returned as written (only cleaned).
    """
    line = clean_line(s)
    if any(c.islower() for c in line):
        return line
    return _NAME_PIECE.sub(lambda m: _capital(m.group()), line)


# Phrases that name a kind, level or field of an organisation, as ND30 PL II writes them in a name.
_PHRASES = (
    "Công ty", "Trách nhiệm hữu hạn", "Một thành viên", "Hai thành viên trở lên", "Cổ phần", "Hợp danh",
    "Doanh nghiệp tư nhân", "Hợp tác xã", "Liên hiệp hợp tác xã", "Hộ kinh doanh", "Chi nhánh", "Tập đoàn",
    "Tổng công ty", "Nhà máy", "Xí nghiệp", "Xây dựng", "Thương mại", "Dịch vụ", "Sản xuất", "Đầu tư",
    "Xuất nhập khẩu", "Vận tải", "Du lịch", "Nông nghiệp", "Lâm nghiệp", "Thủy điện", "Khoáng sản",
    "Tư vấn", "Tổng hợp", "Phát triển", "Chế biến", "Liên đoàn Lao động", "Tổng Liên đoàn Lao động",
    "Công đoàn", "Công đoàn cơ sở", "Nghiệp đoàn", "Nghiệp đoàn cơ sở", "Công đoàn ngành", "Ban Chấp hành",
    "Ban Thường vụ", "Ban Chỉ đạo", "Ban Tổ chức - Kiểm tra", "Ủy ban Kiểm tra", "Ủy ban nhân dân",
    "Văn phòng", "Trường", "Mầm non", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông", "Bệnh viện",
    "Trung tâm", "Y tế", "Giáo dục", "tỉnh", "huyện", "thành phố", "xã", "phường", "thị trấn", "và",
)  # fmt: skip
_PHRASE_WORDS = sorted(
    ((tuple(fold(p).split()), p.split()) for p in _PHRASES), key=lambda pair: -len(pair[0])
)


def _phrase_at(folded: list[str], start: int) -> list[str] | None:
    for words, printed in _PHRASE_WORDS:
        if tuple(folded[start : start + len(words)]) == words:
            return printed
    return None


def _org_word(word: str) -> str:
    def piece(found: re.Match[str]) -> str:
        text = found.group()
        return _capital(text) if is_syllable(text) and len(text) > 1 else text

    return _NAME_PIECE.sub(piece, word)


def title_org(s: str) -> str:
    """An organisation's name given in capitals -> ND30 PL II: ``CÔNG TY TNHH MTV XÂY DỰNG HÒA AN`` ->
    ``Công ty TNHH MTV Xây dựng Hòa An``.

    What is no Vietnamese syllable (``TNHH``, ``MTV``, ``A&B``, ``SAMSUNG``) stays in capitals. A name with
    any small letter is returned as written.
    """
    line = clean_line(s)
    if any(c.islower() for c in line):
        return line
    words = line.split()
    folded = [fold(word) for word in words]
    out: list[str] = []
    at = 0
    while at < len(words):
        phrase = _phrase_at(folded, at)
        out.extend(phrase or [_org_word(words[at])])
        at += len(phrase) if phrase else 1
    result = " ".join(out)
    return result[:1].upper() + result[1:]


# --- matching companies ------------------------------------------------------------------------------

# Unaccented words -> short form. Longest first; also recognises text typed without marks.
_COMPANY_TERMS = (
    ("trach nhiem huu han", "tnhh"), ("hai thanh vien tro len", "2tv"), ("2 thanh vien tro len", "2tv"),
    ("mot thanh vien", "mtv"), ("1 thanh vien", "mtv"), ("01 thanh vien", "mtv"), ("hai thanh vien", "2tv"),
    ("2 thanh vien", "2tv"), ("doanh nghiep tu nhan", "dntn"), ("dn tu nhan", "dntn"), ("dn tn", "dntn"),
    ("xuat nhap khau", "xnk"), ("hop tac xa", "htx"), ("cong ti", "cty"), ("c ti", "cty"), ("ctcp", "cty cp"),
    ("co phan", "cp"), ("xay dung", "xd"), ("thuong mai", "tm"), ("dich vu", "dv"), ("san xuat", "sx"),
    ("1tv", "mtv"), ("1 tv", "mtv"), ("2 tv", "2tv"), ("&", "va"), ("va", "va"),
)  # fmt: skip
_COMPANY_PATTERNS = sorted(
    ((tuple(words.split()), tuple(short.split())) for words, short in _COMPANY_TERMS),
    key=lambda pair: -len(pair[0]),
)
_COMPANY_TOKEN = re.compile(r"\w+|&")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")


def _accented_ok(words: list[str], bare: list[str], short: tuple[str, ...]) -> bool:
    # `Vạ`, `Va` in a name is no `và`; the other terms are long enough to be safe without marks.
    return short != ("va",) or bare == ["&"] or words == ["và"]


def company_key(s: str) -> str:
    """Key for matching company names: ``Cty TNHH 1TV XD & TM Hòa An`` equals
    ``CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN XÂY DỰNG VÀ THƯƠNG MẠI HOÀ AN``.

    Marks of the proper name count; use ``unaccent(company_key(s))`` as a fall-back. Never print it.
    ``LC`` is not expanded: it may be Lai Châu or Lào Cai.
    """
    folded = _DOTTED.sub(lambda m: m.group().replace(".", ""), fold(s, fold_iy=True))
    words = _COMPANY_TOKEN.findall(folded)
    bare = [unaccent(word) for word in words]
    out: list[str] = []
    at = 0
    while at < len(words):
        for pattern, short in _COMPANY_PATTERNS:
            end = at + len(pattern)
            if tuple(bare[at:end]) == pattern and _accented_ok(words[at:end], bare[at:end], short):
                out.extend(short)
                at = end
                break
        else:
            out.append(words[at])
            at += 1
    return " ".join(out)
