from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from core.errors import DataIncomplete
from core.json_schema import form_json_schema, kind_json_schema, sample
from core.schema import Choice, FieldKind, FieldSpec, FormSchema, KindSchema
from core.validation import check_data, path_label, require

F, K = FieldSpec, FieldKind
MODES = (Choice("TM", "Thay mặt tập thể"), Choice("KT", "Ký thay"))
FIELDS = (
    F("subject", K.TEXT, "Trích yếu", required=True, max_length=40),
    F("issue_date", K.DATE, "Ngày ban hành"),
    F("signing_mode", K.ENUM, "Quyền hạn ký", choices=MODES),
    F("copies", K.INTEGER, "Số lượng bản", minimum=1),
    F("budget", K.MONEY, "Kinh phí"),
    F("recipients", K.TEXT_LIST, "Nơi nhận", required=True, minimum=1),
    F("dob", K.PARTIAL_DATE, "Ngày sinh"),
    F("start_time", K.TIME, "Giờ bắt đầu"),
    F("urgent", K.BOOLEAN, "Khẩn"),
    F("tax_code", K.TAX_CODE, "Mã số thuế"),
    F("id_number", K.ID_NUMBER, "Số căn cước"),
    F("phone", K.PHONE, "Số điện thoại"),
    F(
        "members",
        K.ROWS,
        "Ủy viên",
        required=True,
        minimum=3,
        item=(
            F("full_name", K.TEXT, "Họ và tên", required=True),
            F("birth_date", K.DATE, "Ngày sinh"),
        ),
    ),
    F(
        "base",
        K.GROUP,
        "Quyết định thành lập",
        item=(F("code", K.TEXT, "Số, ký hiệu", required=True), F("date", K.DATE, "Ngày ban hành")),
    ),
)
GOOD: dict[str, object] = {
    "subject": "Khảo sát Công ty TNHH A&B <X>",
    "issue_date": "2024-05-02",
    "signing_mode": "TM",
    "copies": 15,
    "budget": 1_500_000,
    "recipients": ["Như Điều 3", "Lưu: VT"],
    "dob": "1985",
    "start_time": "14:00",
    "urgent": False,
    "tax_code": "6299900012",
    "id_number": "012085000123",
    "phone": "0912000345",
    "members": [{"full_name": n} for n in ("Giàng A H'Mông", "Lò Văn Ín", "Ý")],
    "base": {"code": "132/QĐ-LĐLĐ", "date": "2024-04-02"},
}
KIND = KindSchema("plan", "Kế hoạch", "KH", (), FIELDS, GOOD)


def test_good_data_comes_back_as_it_was() -> None:
    checked = check_data(FIELDS, GOOD)
    assert checked.ok
    assert checked.data == GOOD
    assert require(checked, FIELDS) == GOOD


def test_everything_is_reported_at_once() -> None:
    checked = check_data(
        FIELDS,
        {
            "subject": "  ",
            "issue_date": "2024-02-30",
            "copies": 0,
            "recipients": [],
            "members": [{"full_name": "Lò Văn Ín"}, {"birth_date": "1985"}, {"full_name": None}, 7],
            "base": {"date": "2024-04-02"},
            "signing_mod": "TM",
        },
    )
    assert checked.missing == (
        "subject",
        "recipients",
        "members[1].full_name",
        "members[2].full_name",
        "base.code",
    )
    assert set(checked.wrong) == {
        "issue_date",
        "copies",
        "members[1].birth_date",
        "members[3]",
        "signing_mod",
    }
    assert checked.wrong["issue_date"] == "Không có ngày 30/2/2024"
    assert "có phải “signing_mode” (Quyền hạn ký)?" in checked.wrong["signing_mod"]


def test_message_names_fields_by_their_labels() -> None:
    checked = check_data(FIELDS, GOOD | {"subject": None, "members": [{}] * 3})
    with pytest.raises(DataIncomplete) as caught:
        require(checked, FIELDS)
    assert caught.value.message == (
        "Còn thiếu 4 mục: “Trích yếu”; “Ủy viên”, dòng 1, “Họ và tên”; "
        "“Ủy viên”, dòng 2, “Họ và tên”; “Ủy viên”, dòng 3, “Họ và tên”."
    )
    assert caught.value.facts == {
        "missing": ["subject", *(f"members[{i}].full_name" for i in range(3))],
        "wrong": {},
    }


@pytest.mark.parametrize(
    ("key", "given_value", "stored"),
    [
        ("subject", unicodedata.normalize("NFD", "Khảo sát"), "Khảo sát"),
        ("subject", "\ufeff Khảo\u00a0\u00a0sát\u200b ", "Khảo sát"),
        ("subject", "QUYẾT ÐỊNH", "QUYẾT ĐỊNH"),
        ("issue_date", "02/5/2024", "2024-05-02"),
        ("issue_date", "ngày 02 tháng 5 năm 2024", "2024-05-02"),
        ("issue_date", date(2024, 5, 2), "2024-05-02"),
        ("dob", "3/1985", "1985-03"),
        ("start_time", "8h30", "08:30"),
        ("copies", 3.0, 3),
        ("tax_code", "62 999 000 12", "6299900012"),
        ("tax_code", "6299900012.001", "6299900012-001"),
        ("phone", "+84 912 000 345 / 0213 3876 543", "0912000345; 02133876543"),
        ("recipients", ["Như Điều 3", "", "Lưu: VT"], ["Như Điều 3", "Lưu: VT"]),
    ],
)
def test_values_are_normalised(key: str, given_value: object, stored: object) -> None:
    checked = check_data(FIELDS, GOOD | {key: given_value})
    assert checked.wrong == {}
    assert checked.data[key] == stored


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [
        ("subject", 5, "phải là chữ"),
        ("subject", "a" * 41, "dài 41 ký tự, nhiều nhất là 40"),
        ("subject", "Khảo\x07sát", "U+0007"),
        ("subject", "Kh\ufffdo sát", "U+FFFD"),
        ("subject", "Kh\ud800o", "U+D800"),
        ("issue_date", "2/5/24", "có phải 02/5/2024?"),
        ("issue_date", "2024-05", "đủ ngày, tháng, năm"),
        ("issue_date", "mai", "Không đọc được ngày tháng"),
        ("dob", "quý II/2024", "không ghi theo quý"),
        ("copies", "15", "phải là số nguyên"),
        ("copies", True, "phải là số nguyên"),
        ("copies", 1.5, "phải là số nguyên"),
        ("copies", 10**15, "quá lớn"),
        ("budget", -1, "phải từ 0 trở lên"),
        ("urgent", "true", "true (có) hoặc false"),
        ("signing_mode", "XX", "TM (Thay mặt tập thể), KT (Ký thay)"),
        ("start_time", "25:00", "Không có giờ"),
        ("tax_code", "6299900013", "sai chữ số kiểm tra"),
        ("id_number", "123", "cần 12 số"),
        ("phone", "12", "Không đọc được số điện thoại"),
        ("recipients", "Lưu: VT", "phải là một danh sách"),
        ("members", {"full_name": "Ý"}, "phải là một danh sách"),
        ("members", [{"full_name": "Ý"}], "cần ít nhất 3 dòng, mới có 1"),
        ("base", "132/QĐ-LĐLĐ", "phải là một đối tượng"),
    ],
)
def test_wrong_values_say_why(key: str, value: object, part: str) -> None:
    checked = check_data(FIELDS, GOOD | {key: value})
    assert checked.missing == ()
    assert list(checked.wrong) == [key]
    assert part in checked.wrong[key]


@pytest.mark.parametrize("empty", [None, "", "  \u200b", [], {}])
def test_empty_is_missing_when_required_and_left_out_when_not(empty: object) -> None:
    checked = check_data(FIELDS, GOOD | {"subject": empty, "issue_date": empty})
    assert checked.missing == ("subject",)
    assert "issue_date" not in checked.data


def test_a_list_of_empty_texts_is_missing() -> None:
    assert check_data(FIELDS, GOOD | {"recipients": ["", None]}).missing == ("recipients",)


def test_unknown_key_of_a_row_and_label_used_as_key() -> None:
    rows = [{"full_name": "Ý", "fullname": "Ý"}] * 3
    checked = check_data(FIELDS, GOOD | {"members": rows, "Trích yếu": "x", "zzzzzz": 1})
    assert "có phải" in checked.wrong["members[0].fullname"] or checked.wrong[
        "members[0].fullname"
    ].startswith("không có trường này")
    assert checked.wrong["zzzzzz"] == "không có trường này"
    assert path_label(FIELDS, "members[2].full_name") == "“Ủy viên”, dòng 3, “Họ và tên”"


@given(st.dictionaries(st.sampled_from([spec.key for spec in FIELDS]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner:
    st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6)))  # fmt: skip
def test_any_data_gets_an_answer_and_checking_again_changes_nothing(
    data: dict[str, object],
) -> None:
    checked = check_data(FIELDS, data)
    again = check_data(FIELDS, checked.data)
    assert checked.wrong or again == checked
    assert not (set(checked.missing) & set(checked.wrong))


def test_example_and_checked_data_satisfy_the_json_schema() -> None:
    schema = kind_json_schema(KIND)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    validator.validate(GOOD)
    validator.validate(check_data(FIELDS, GOOD | {"issue_date": None, "phone": "912000345"}).data)
    assert schema["examples"] == [GOOD]
    assert schema["title"] == "Kế hoạch"
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert properties["subject"]["title"] == "Trích yếu"


@pytest.mark.parametrize(
    "change",
    [
        {"subject": ""},
        {"issue_date": "02/5/2024"},
        {"copies": 0},
        {"signing_mode": "XX"},
        {"members": [{}]},
        {"unknown": 1},
        {"tax_code": "62"},
        {"recipients": []},
    ],
)
def test_the_json_schema_refuses_what_the_check_refuses(change: dict[str, object]) -> None:
    assert not Draft202012Validator(kind_json_schema(KIND)).is_valid(GOOD | change)


def test_a_form_schema_has_its_table_and_an_example_the_check_accepts() -> None:
    rows = (F("full_name", K.TEXT, "Họ và tên", required=True), F("votes", K.INTEGER, "Số phiếu"))
    form = FormSchema("vote_count", "Biên bản kiểm phiếu", 1, FIELDS[:4], rows)
    schema = form_json_schema(form)
    Draft202012Validator.check_schema(schema)
    example = schema["examples"]
    assert isinstance(example, list)
    Draft202012Validator(schema).validate(example[0])
    assert example[0]["rows"] == [{"full_name": "Họ và tên (ví dụ)", "votes": 27}]
    assert check_data(FIELDS, sample(FIELDS)).ok
