"""The sample campaign as example data of the campaign's document kinds. Reads one data file; imports core only.

The file is the same one the sample store loads, so the example of a kind and the paper made from the
sample store say the same.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[2] / "records" / "sample" / "campaign_2024.toml"

#: Header, signature and distribution of the sample papers of the provincial federation in 2024.
PROVINCE_2024: dict[str, object] = {
    "parent_org_name": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    "issuing_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    "issuing_org_short": "Liên đoàn Lao động tỉnh Lai Châu",
    "place_name": "Lai Châu",
    "intended_date": "2024-05-02",
    "signing_mode": "TM",
    "signing_collective": "BAN THƯỜNG VỤ",
    "signer_post": "CHỦ TỊCH",
    "signer_name": "Vàng Văn Thành",
    "archive_units": ["VT", "TC-KT"],
}


@cache
def sample_campaign() -> dict[str, Any]:
    """Return the tables of the sample campaign file, as read."""
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def sample_citations(kind: str) -> list[dict[str, object]]:
    """Return the cited documents of the given kind, in the order they are printed."""
    campaign = sample_campaign()
    library = campaign["citations"]
    return [dict(library[key]) for key in campaign["legal_bases"][kind]]
