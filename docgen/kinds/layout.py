"""Sizes of the page shared by the Word templates and the line breaking. Pure.

All lengths are points (1 pt = 20 twips). One size family is used: Quốc hiệu 12, Tiêu ngữ 13,
địa danh 13 (ND30 PL I V, footnote 1). The rules under names are fixed in the templates, so that an
office can edit them in Word; lines are broken so that the fixed length is right for every name.
"""

from __future__ import annotations

#: Text width of A4 with margins 30 mm left and 15 mm right (ND30 PL I I.3).
TEXT_WIDTH = 467.75
HEADER_LEFT = 197.75
HEADER_RIGHT = TEXT_WIDTH - HEADER_LEFT

ORG_SIZE = 12
SUBJECT_SIZE = 14
#: `V/v ...` under the symbol of a công văn (ND30 PL I II.5b: 12 to 13).
LETTER_SUBJECT_SIZE = 13

#: Rule under the issuer: 1/3 to 1/2 of the text (ND30 PL I II.2b), so 62 pt serves lines of 124 to 186 pt.
ORG_RULE = 62.0
#: Rule under the trích yếu: the same share (ND30 PL I II.5b), so 120 pt serves lines of 240 to 360 pt.
SUBJECT_RULE = 120.0
#: Rule under an annex head (house habit, same share as the trích yếu).
ANNEX_RULE = 120.0
#: Nơi nhận is wide enough for `- Giám đốc Công ty TNHH ... (để p/h);` in size 11; the signer has the rest.
RECIPIENTS_WIDTH = 256.0
SIGNER_WIDTH = TEXT_WIDTH - RECIPIENTS_WIDTH
SIGNER_SIZE = 14
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MOTTO_SIZE = 13
