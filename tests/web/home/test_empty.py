"""An empty store: every page says what would be there."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import SignedIn
from web.rights import Role


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "Chưa có chiến dịch nào"),
        ("/chien-dich/", "Ở đây sẽ là chiến dịch"),
        ("/bao-cao/", "Ở đây sẽ là tiến độ"),
        ("/ho-so/doanh-nghiep/", "Ở đây sẽ là các doanh nghiệp"),
        ("/ho-so/cong-doan-co-so/", "Ở đây sẽ là các công đoàn cơ sở"),
        ("/ho-so/nguoi/", "Ở đây sẽ là cán bộ"),
        ("/ho-so/to-chuc/", "Chưa ghi tổ chức nào"),
        ("/ho-so/chi-tieu/", "Ở đây sẽ là chỉ tiêu"),
        ("/ho-so/phan-cong/", "Ở đây sẽ là ai phụ trách"),
        ("/ho-so/nhap/", "Chưa có tệp nào"),
        ("/tim/?q=cong+ty", "Không tìm thấy gì"),
    ],
)
def test_what_would_be_here(signed_in: SignedIn, address: str, said: str) -> None:
    answer = signed_in(Role.SPECIALIST).get(address)
    assert answer.status_code == 200
    assert said in " ".join(re.sub("<[^>]+>", " ", answer.content.decode()).split())


def test_no_report_without_a_campaign(signed_in: SignedIn) -> None:
    assert signed_in(Role.SPECIALIST).get("/bao-cao/tien-do.xlsx").status_code == 404
