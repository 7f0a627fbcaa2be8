"""The column of search: kept by the database, the same on SQLite and PostgreSQL, found by beginnings of words."""

from __future__ import annotations

import pytest
from django.db import connection

from core.searchkeys import search_key
from records import search
from records.bulk import insert_rows
from records.models import ChangeLog, Enterprise, EnterpriseType, Person
from records.search import narrowed
from records.services.audit import By
from records.services.enterprises import change_enterprise, create_enterprise
from records.services.people import create_person

BY = By(actor="lo-thi-thu", channel="cli")
NAMES = (
    "Công ty TNHH A&B Bình Lư",
    "HỢP TÁC XÃ ĐẶC SẢN “MƯỜNG THAN”",
    "Doanh nghiệp tư nhân Nậm Nhùn – Chi nhánh 2 (H'Mông)",
    "Xí nghiệp Pa Ủ_50% \\ thử",
)


@pytest.fixture
def enterprises(db: None) -> list[Enterprise]:
    return [
        create_enterprise(by=BY, name=name, type=EnterpriseType.LLC_MULTI, code=f"dn-{at}")
        for at, name in enumerate(NAMES)
    ]


def found(text: str) -> set[str]:
    return set(Enterprise.objects.filter(search_key__words=text).values_list("code", flat=True))


def test_the_database_makes_the_same_key(enterprises: list[Enterprise]) -> None:
    for row in Enterprise.objects.all():
        assert " ".join(row.search_key.split()) == search_key(f"{row.name} {row.code}")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("binh lu", {"dn-0"}),
        ("bình lư", {"dn-0"}),
        ("LU binh", {"dn-0"}),
        ("muong tha", {"dn-1"}),
        ("dac san", {"dn-1"}),
        ("uong", set()),  # a word is sought by its beginning
        ("h'mong", {"dn-2"}),
        ("pa u 50%", {"dn-3"}),
        ("tnhh muong", set()),
        ("dn-2", {"dn-2"}),
        ("b:* | nham", set()),  # nothing typed is a command
        ("50%' -- \\", {"dn-3"}),
    ],
)
def test_found_by_beginnings_of_words(
    enterprises: list[Enterprise], text: str, codes: set[str]
) -> None:
    assert found(text) == codes


def test_no_word_finds_all(enterprises: list[Enterprise]) -> None:
    assert len(found(" - ")) == len(NAMES)


def test_the_key_follows_a_change_and_is_in_no_log(enterprises: list[Enterprise]) -> None:
    change_enterprise(enterprises[0], {"name": "Công ty TNHH Khổng Lào"}, by=BY)
    assert found("khong lao") == {"dn-0"}
    assert found("binh lu") == set()
    lines = ChangeLog.objects.filter(record_type="enterprise")
    assert not any("search_key" in {**line.before, **line.after} for line in lines)


def test_rows_written_in_bulk_have_their_key(db: None) -> None:
    insert_rows(
        Person, ("code", "full_name", "nationality"), [("ng-1", "Vàng A Chỉnh", "Việt Nam")]
    )
    Person.objects.bulk_create([Person(code="ng-2", full_name="Chẻo U Mẩy")])
    assert Person.objects.get(search_key__words="vang chinh").code == "ng-1"
    assert Person.objects.get(search_key__words="cheo may").code == "ng-2"


def test_postgresql_has_an_index_for_it(db: None) -> None:
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"
        return
    create_person(by=BY, full_name="Lò Thị Mẫu")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        query = Person.objects.filter(search_key__words="lo mau").query
        sql, params = query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "records_person_words" in plan


def test_few_are_taken_by_their_keys_and_many_as_they_are(
    enterprises: list[Enterprise], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = Enterprise.objects.filter(search_key__words="dn").order_by("-code")
    few = narrowed(rows)
    assert [row.code for row in few] == ["dn-3", "dn-2", "dn-1", "dn-0"]
    assert " IN (" in str(few.query)
    monkeypatch.setattr(search, "FEW", 3)
    many = narrowed(rows)
    assert [row.code for row in many] == ["dn-3", "dn-2", "dn-1", "dn-0"]
    assert " IN (" not in str(many.query)
