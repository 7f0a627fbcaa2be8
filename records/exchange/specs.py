"""What each sheet of the workbook holds: one line a column. The order is that in which sheets are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from records import models as m
from records.exchange.codecs import (
    CODES,
    DAY,
    FLAG,
    ID_NUMBER,
    INTEGER,
    JSON,
    JSON_VALUE,
    MOMENT,
    PARTIAL_DATE,
    PHONE,
    PLAIN_INTEGER,
    TAX_CODE,
    TEXT,
    YES_NO,
    Codec,
    choice,
)
from records.services.audit import By, write
from records.services.enterprises import save_enterprise, save_observation


@dataclass(frozen=True, slots=True)
class Ref:
    """A cell that names a row of another table by its label; several when ``many``."""

    to: type[models.Model]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Col:
    """One column: heading, field of the model, and how its cells are read."""

    heading: str
    field: str
    of: Codec | Ref


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet. ``key`` names the fields that find an existing row; none: rows are only ever added."""

    name: str
    model: type[models.Model]
    columns: tuple[Col, ...]
    key: tuple[str, ...]
    save: Callable[[Any, By], bool]

    @property
    def append_only(self) -> bool:
        """Whether rows are never changed: the same row again is the one there is."""
        return not self.key


def _write(row: Any, by: By) -> bool:
    return write(row, by=by)


def _save_enterprise(row: Any, by: By) -> bool:
    return save_enterprise(row, by=by)


def _save_observation(row: Any, by: By) -> bool:
    return save_observation(row, by=by)


_SOURCE = Col("Nguồn", "source", TEXT)
_SPAN = (Col("Từ ngày", "valid_from", DAY), Col("Đến ngày", "valid_to", DAY))
_CODE = Col("Mã", "code", TEXT)


def _org(heading: str = "Mã tổ chức", field: str = "org") -> Col:
    return Col(heading, field, Ref(m.UnionOrg))


def _person(heading: str = "Mã người", field: str = "person") -> Col:
    return Col(heading, field, Ref(m.Person))


_ENTERPRISE = Col("Mã doanh nghiệp", "enterprise", Ref(m.Enterprise))
_CAMPAIGN = Col("Mã chiến dịch", "campaign", Ref(m.Campaign))
_CASE = Col("Mã hồ sơ", "case", Ref(m.FoundingCase))


def _sheet(
    name: str,
    model: type[models.Model],
    key: str,
    *columns: Col,
    save: Callable[[Any, By], bool] = _write,
) -> SheetSpec:
    return SheetSpec(name, model, (*columns, _SOURCE), tuple(key.split()), save)


_PLACES = (
    _sheet(
        "Đơn vị hành chính", m.Area, "code",
        _CODE, Col("Tên", "name", TEXT), Col("Loại", "kind", choice(m.AreaKind.choices)),
        Col("Thuộc (mã)", "parent", Ref(m.Area)), *_SPAN,
    ),
    _sheet(
        "Sáp nhập đơn vị", m.AreaSuccession, "predecessor successor",
        Col("Mã đơn vị cũ", "predecessor", Ref(m.Area)), Col("Mã đơn vị mới", "successor", Ref(m.Area)),
        Col("Từ ngày", "on", DAY),
    ),
)  # fmt: skip

_PEOPLE = (
    _sheet(
        "Người", m.Person, "code",
        _CODE, Col("Họ và tên", "full_name", TEXT), Col("Ngày sinh", "dob", PARTIAL_DATE),
        Col("Giới tính", "gender", choice(m.Gender.choices)), Col("Dân tộc", "ethnicity", TEXT),
        Col("Tôn giáo", "religion", TEXT), Col("Quốc tịch", "nationality", TEXT),
        Col("Quê quán", "native_place", TEXT), Col("Nơi ở hiện nay", "address", TEXT),
        Col("Số định danh", "id_number", ID_NUMBER), Col("Điện thoại", "phone", PHONE),
        Col("Thư điện tử", "email", TEXT), Col("Ngày vào Đảng", "party_date", PARTIAL_DATE),
        Col("Học vấn", "education_general", TEXT), Col("Chuyên môn", "education_professional", TEXT),
        Col("Lý luận chính trị", "education_political", TEXT),
    ),
)  # fmt: skip

_ENTERPRISES = (
    _sheet(
        "Doanh nghiệp", m.Enterprise, "code",
        _CODE, Col("Tên doanh nghiệp", "name", TEXT), Col("Tên viết tắt", "short_name", TEXT),
        Col("Mã số thuế", "tax_code", TAX_CODE), Col("Loại hình", "type", choice(m.EnterpriseType.choices)),
        Col("Ngành nghề", "sector", TEXT), Col("Ngày thành lập", "founded_on", DAY),
        save=_save_enterprise,
    ),
)  # fmt: skip

_ORGS = (
    _sheet(
        "Tổ chức", m.UnionOrg, "code",
        _CODE, Col("Tên đầy đủ", "name", TEXT), Col("Tên viết tắt", "short_name", TEXT),
        Col("Chữ viết tắt trong ký hiệu", "symbol_abbr", TEXT),
        Col("Chữ viết tắt nơi lưu", "archive_abbr", TEXT),
        Col("Cấp", "level", choice(m.OrgLevel.choices)), Col("Loại", "kind", choice(m.OrgKind.choices)),
        _ENTERPRISE, Col("Thứ tự", "sort_order", PLAIN_INTEGER), *_SPAN,
        Col("Văn bản giải thể", "dissolved_by", TEXT),
    ),
    _sheet("Cấp trên", m.OrgParent, "org valid_from", _org(), _org("Mã cấp trên", "parent"), *_SPAN),
    _sheet(
        "Trụ sở", m.OrgSeat, "org valid_from",
        _org(), Col("Mã đơn vị hành chính", "area", Ref(m.Area)), Col("Địa danh", "place_name", TEXT), *_SPAN,
    ),
    _sheet(
        "Kế thừa tổ chức", m.OrgSuccession, "predecessor successor",
        _org("Mã tổ chức cũ", "predecessor"), _org("Mã tổ chức mới", "successor"), Col("Từ ngày", "on", DAY),
    ),
    _sheet(
        "Nhiệm kỳ", m.OrgTerm, "org start_year",
        _org(), Col("Khóa", "ordinal", TEXT), Col("Từ năm", "start_year", PLAIN_INTEGER),
        Col("Đến năm", "end_year", PLAIN_INTEGER), Col("Ngày đại hội", "congress_on", DAY),
        Col("Ngày hết nhiệm kỳ", "ends_on", DAY),
    ),
    _sheet(
        "Cán bộ", m.OfficeHolder, "person org post valid_from",
        _person(), _org(), Col("Chức vụ", "post", choice(m.Post.choices)),
        Col("Chức vụ in trên văn bản", "post_title", TEXT), Col("Được ký", "may_sign", CODES),
        Col("Văn bản bổ nhiệm", "appointed_by", TEXT), *_SPAN,
    ),
    _sheet(
        "Ủy quyền ký", m.Delegation, "org delegator delegate valid_from",
        _org(), _person("Mã người ủy quyền", "delegator"), _person("Mã người được ủy quyền", "delegate"),
        Col("Văn bản ủy quyền", "document", TEXT), *_SPAN,
    ),
)  # fmt: skip

_ABOUT_ENTERPRISES = (
    _sheet(
        "Địa chỉ doanh nghiệp", m.EnterpriseLocation, "enterprise valid_from",
        _ENTERPRISE, Col("Địa chỉ", "address", TEXT), Col("Mã đơn vị hành chính", "area", Ref(m.Area)), *_SPAN,
    ),
    _sheet(
        "Công đoàn phụ trách", m.EnterpriseUpper, "enterprise valid_from", _ENTERPRISE, _org(), *_SPAN,
    ),
    _sheet(
        "Ghi nhận", m.EnterpriseObservation, "",
        _ENTERPRISE, Col("Ngày ghi nhận", "observed_on", DAY), Col("Nguồn ghi nhận", "channel", TEXT),
        Col("Tình trạng", "status", choice(m.EnterpriseStatus.choices)),
        Col("Người đại diện", "legal_rep_name", TEXT), Col("Chức vụ người đại diện", "legal_rep_post", TEXT),
        Col("Điện thoại người đại diện", "legal_rep_phone", PHONE),
        Col("Người liên hệ", "contact_name", TEXT), Col("Điện thoại liên hệ", "contact_phone", PHONE),
        Col("Tổng số lao động", "workers_total", INTEGER), Col("Lao động nữ", "workers_female", INTEGER),
        Col("Lao động dân tộc thiểu số", "workers_ethnic", INTEGER),
        Col("Lao động nước ngoài", "workers_foreign", INTEGER),
        Col("Lao động đóng BHXH", "workers_si", INTEGER),
        Col("Nguyện vọng gia nhập", "willing_workers", INTEGER),
        Col("Thu nhập bình quân (đồng)", "avg_wage", INTEGER),
        Col("Đã có công đoàn cơ sở", "has_union", YES_NO),
        Col("Dự kiến thành lập", "expected_on", PARTIAL_DATE), Col("Các mục khác", "values", JSON),
        save=_save_observation,
    ),
)  # fmt: skip

_CAMPAIGNS = (
    _sheet(
        "Chiến dịch", m.Campaign, "code",
        _CODE, Col("Tên", "name", TEXT), Col("Năm", "year", PLAIN_INTEGER), _org(),
        _org("Mã ban chỉ đạo", "steering_committee"), Col("Từ ngày", "starts_on", DAY),
        Col("Đến ngày", "ends_on", DAY), Col("Tháng cao điểm", "peak_month", PARTIAL_DATE),
        Col("Nội dung kế hoạch", "content", JSON),
    ),
    _sheet(
        "Chỉ tiêu", m.Quota, "campaign org measure",
        _CAMPAIGN, _org(), Col("Chỉ tiêu", "measure", choice(m.Measure.choices)),
        Col("Giá trị", "value", INTEGER), Col("Ghi chú", "note", TEXT),
    ),
    _sheet(
        "Phân công", m.Assignment, "campaign person valid_from",
        _CAMPAIGN, _person(), Col("Mã đơn vị phụ trách", "orgs", Ref(m.UnionOrg, many=True)),
        Col("Mã người giúp việc", "support", Ref(m.Person, many=True)),
        Col("Thứ tự", "position", PLAIN_INTEGER), *_SPAN,
    ),
    _sheet(
        "Chuyến khảo sát", m.Visit, "code",
        _CODE, _CAMPAIGN, Col("Từ ngày", "starts_on", DAY), Col("Đến ngày", "ends_on", DAY), _org(),
        _ENTERPRISE, _person("Mã trưởng đoàn", "lead"),
        Col("Mã thành viên", "team", Ref(m.Person, many=True)), Col("Nội dung", "content", TEXT),
        Col("Giấy giới thiệu có giá trị đến", "valid_until", DAY),
    ),
)  # fmt: skip

_CASES = (
    _sheet(
        "Hồ sơ thành lập", m.FoundingCase, "code",
        _CODE, _CAMPAIGN, _ENTERPRISE, Col("Trạng thái", "state", choice(m.CaseState.choices)),
        Col("Cách thành lập", "path", choice(m.CasePath.choices)),
        Col("Tên công đoàn cơ sở", "union_name", TEXT), _org("Mã công đoàn cơ sở", "union"),
        _org("Mã ban vận động", "organising_group"), Col("Ngày đại hội", "congress_on", DAY),
        Col("Diễn biến đại hội", "congress", JSON), Col("Ngày họp lần thứ nhất", "first_meeting_on", DAY),
        Col("Số tờ trình", "request_code", TEXT), Col("Ngày tờ trình", "request_date", DAY),
        Col("Cơ quan trình", "request_issuer", TEXT), Col("Thành phần hồ sơ đã nhận", "dossier", JSON),
        Col("Ngày đủ hồ sơ", "dossier_complete_on", DAY),
        Col("Ngày dự kiến quyết định", "decide_on", DAY), Col("Lễ ra mắt bắt đầu", "launch_at", MOMENT),
        Col("Lễ ra mắt kết thúc", "launch_ends_at", MOMENT),
        Col("Địa điểm lễ ra mắt", "launch_venue", TEXT), Col("Diễn biến lễ ra mắt", "launch", JSON),
    ),
    _sheet(
        "Bước của hồ sơ", m.CaseStep, "",
        _CASE, Col("Trạng thái", "state", choice(m.CaseState.choices)), Col("Ngày", "on", DAY),
        Col("Căn cứ", "evidence", TEXT), Col("Ghi chú", "note", TEXT),
    ),
    _sheet(
        "Đơn gia nhập", m.Application, "case person",
        _CASE, _person(), Col("Công việc", "job", TEXT), Col("Ngày làm đơn", "applied_on", DAY),
        Col("Mẫu đơn", "form", TEXT), Col("Phía người sử dụng lao động", "employer_side", FLAG),
        Col("Thứ tự", "position", PLAIN_INTEGER),
    ),
    _sheet(
        "Ban chấp hành", m.Committee, "case union kind term_start",
        _CASE, _org("Mã công đoàn cơ sở", "union"), Col("Loại", "kind", choice(m.CommitteeKind.choices)),
        Col("Nhiệm kỳ từ năm", "term_start", PLAIN_INTEGER),
        Col("Nhiệm kỳ đến năm", "term_end", PLAIN_INTEGER), Col("Hạn lâm thời", "provisional_until", DAY),
        Col("Quyết định", "decision", TEXT),
    ),
    _sheet(
        "Thành viên ban", m.CommitteeMember, "committee person post",
        Col("Ban", "committee", Ref(m.Committee)), _person(),
        Col("Chức danh", "post", choice(m.UnionPost.choices)), Col("Công việc", "job", TEXT),
        Col("Thứ tự", "position", PLAIN_INTEGER),
    ),
    _sheet(
        "Đoàn viên", m.Membership, "person union joined_on",
        _person(), _org("Mã công đoàn cơ sở", "union"), Col("Ngày gia nhập", "joined_on", DAY),
        Col("Ngày thôi", "left_on", DAY), Col("Lý do thôi", "left_reason", TEXT),
        Col("Số thẻ", "card_no", TEXT), Col("Quyết định", "decision", TEXT),
    ),
)  # fmt: skip

_REORGANISATIONS = (
    _sheet(
        "Sắp xếp tổ chức", m.Reorganisation, "code",
        _CODE, _CAMPAIGN, Col("Hình thức", "act", choice(m.ReorganisationAct.choices)),
        _org("Mã tổ chức quyết định", "org"), Col("Mã công đoàn cơ sở", "orgs", Ref(m.UnionOrg, many=True)),
        _org("Mã tổ chức nhận, giao", "counterpart"), Col("Thực hiện từ ngày", "effective_on", DAY),
        Col("Ngày dự kiến quyết định", "decide_on", DAY), Col("Hạn bàn giao", "handover_by", DAY),
        Col("Lý do", "reason", TEXT), Col("Số tờ trình", "request_code", TEXT),
        Col("Ngày tờ trình", "request_date", DAY), Col("Cơ quan trình", "request_issuer", TEXT),
    ),
)  # fmt: skip

_REFERENCE = (
    _sheet(
        "Văn bản dẫn chiếu", m.Citation, "code",
        _CODE, Col("Loại văn bản", "type_name", TEXT), Col("Số, ký hiệu", "document_code", TEXT),
        Col("Ngày ban hành", "date", DAY), Col("Cơ quan ban hành", "issuer", TEXT),
        Col("Trích yếu", "subject", TEXT), Col("Luật, pháp lệnh, điều lệ", "is_law", FLAG), *_SPAN,
    ),
    _sheet(
        "Căn cứ ban hành", m.LegalBasis, "kind variant citation valid_from",
        Col("Loại văn bản", "kind", TEXT), Col("Trường hợp", "variant", TEXT),
        Col("Mã văn bản dẫn chiếu", "citation", Ref(m.Citation)), Col("Thứ tự", "position", PLAIN_INTEGER),
        *_SPAN,
    ),
    _sheet(
        "Dữ kiện", m.Fact, "key valid_from",
        Col("Khóa", "key", TEXT), Col("Giá trị", "value", JSON_VALUE), Col("Tên gọi", "label", TEXT),
        Col("Đã xác nhận", "verified", FLAG), Col("Ghi chú", "note", TEXT), *_SPAN,
    ),
)  # fmt: skip

#: Every sheet; a sheet refers only to itself and to those before it.
SHEETS: tuple[SheetSpec, ...] = (
    *_PLACES, *_PEOPLE, *_ENTERPRISES, *_ORGS, *_ABOUT_ENTERPRISES, *_CAMPAIGNS, *_CASES,
    *_REORGANISATIONS, *_REFERENCE,
)  # fmt: skip
