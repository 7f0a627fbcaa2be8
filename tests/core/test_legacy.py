"""TCVN3 and VNI, letter by letter and in words."""

from __future__ import annotations

import pytest

from core.legacy import encoding_of_font, from_tcvn3, from_vni, guess_encoding, to_unicode

TCVN3 = {
    "C«ng ®oµn c¬ së": "Công đoàn cơ sở",
    "Liªn ®oµn Lao ®éng": "Liên đoàn Lao động",
    "céng hoµ x· héi chñ nghÜa viÖt nam": "cộng hoà xã hội chủ nghĩa việt nam",
    "Häc viÖn chÝnh trÞ hµnh chÝnh quèc gia": "Học viện chính trị hành chính quốc gia",
    "§éc lËp - Tù do - H¹nh phóc": "Độc lập - Tự do - Hạnh phúc",
    "quyÕt ®Þnh sè 07": "quyết định số 07",
    "n¨m, th¸ng, ngµy; öa nghÞch, ý, kü thuËt": "năm, tháng, ngày; ửa nghịch, ý, kỹ thuật",
}
VNI = {
    "Coâng ñoaøn cô sôû": "Công đoàn cơ sở",
    "Lieân ñoaøn Lao ñoäng": "Liên đoàn Lao động",
    "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Ñoäc laäp - Töï do - Haïnh phuùc": "Độc lập - Tự do - Hạnh phúc",
    "quyeát ñònh, kyõ thuaät, naêm, ngöôøi": "quyết định, kỹ thuật, năm, người",
    "AÂu Cô, Ñieän Bieân, tyû leä, lyù": "Âu Cơ, Điện Biên, tỷ lệ, lý",
}


@pytest.mark.parametrize(("old", "new"), TCVN3.items())
def test_tcvn3(old: str, new: str) -> None:
    assert from_tcvn3(old) == new
    assert to_unicode(old, "TCVN3") == new


@pytest.mark.parametrize(("old", "new"), VNI.items())
def test_vni(old: str, new: str) -> None:
    assert from_vni(old) == new


def test_capitals_font_of_tcvn3() -> None:
    assert from_tcvn3("c«ng ®oµn", font=".VnTimeH") == "CÔNG ĐOÀN"
    assert from_tcvn3("c«ng ®oµn", font=".VnTime") == "công đoàn"


def test_every_vowel_of_vietnamese_has_its_tcvn3_code() -> None:
    vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    codes = {from_tcvn3(chr(code)) for code in range(0xA1, 0xFF)} | set("aeiouy")
    assert set(vowels) - codes == set()


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "TCVN3"),
        (".VnArialH", "TCVN3"),
        ("VNI-Times", "VNI"),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_encoding_by_font(font: str, encoding: str | None) -> None:
    assert encoding_of_font(font) == encoding


@pytest.mark.parametrize("text", TCVN3)
def test_tcvn3_is_recognised_by_its_letters(text: str) -> None:
    assert guess_encoding(text) == "TCVN3"


@pytest.mark.parametrize("text", VNI)
def test_vni_is_recognised_by_its_letters(text: str) -> None:
    assert guess_encoding(text) == "VNI"


@pytest.mark.parametrize(
    "text",
    [
        "Công đoàn cơ sở Công ty TNHH A&B <X>",
        "Hoà bình, thoả ước, khoẻ mạnh, quý II, tuỳ chọn",
        "H'Mông, Ín, Ửng; diện tích 12 m², giá ½, nhiệt độ 25 °C, ± 5 %",
        "«Lao động» và Guðrún, Ångström",
        "plain ASCII",
        "",
    ],
)
def test_unicode_is_left_alone(text: str) -> None:
    assert guess_encoding(text) is None
