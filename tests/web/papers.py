"""Word files for the tests of the desk."""

from __future__ import annotations

import io

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.shared import Mm, Pt


def wrong_paper(*, margin: int = 10) -> bytes:
    """A plan as typed by somebody in a hurry: margins, sizes and the motto are wrong."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin)
    for line in (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập-Tự do-Hạnh phúc",
        "Số: 7/KH-LĐLĐ",
        "Lai Châu, ngày 2 tháng 5 năm 2024",
        "KẾ HOẠCH",
        "Phát triển đoàn viên năm 2024",
        "I. MỤC ĐÍCH",
        "Vận động công nhân lao động gia nhập tổ chức công đoàn.",
    ):
        paper.add_paragraph(line).runs[0].font.size = Pt(11)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def upload(data: bytes, name: str = "Kế hoạch PTĐV.docx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)
