"""A small province of its own for the tests of the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.models import OrgKind, OrgLevel, UnionOrg
from registry.series import SeriesRef


@pytest.fixture
def province(db: None) -> UnionOrg:
    return UnionOrg.objects.create(
        code="ldld-lai-chau",
        name="Liên đoàn Lao động tỉnh Lai Châu",
        symbol_abbr="LĐLĐ",
        level=OrgLevel.PROVINCE,
        kind=OrgKind.PROVINCE_FEDERATION,
    )


@pytest.fixture
def district(db: None) -> UnionOrg:
    return UnionOrg.objects.create(
        code="ldld-tam-duong",
        name="Liên đoàn Lao động huyện Tam Đường",
        symbol_abbr="LĐLĐ",
        level=OrgLevel.UPPER,
        kind=OrgKind.DISTRICT_FEDERATION,
    )


@pytest.fixture
def plans(province: UnionOrg) -> SeriesRef:
    return SeriesRef(province.pk, "KH", 2024)


@pytest.fixture
def files_dir(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"
