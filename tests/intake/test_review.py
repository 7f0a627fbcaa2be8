"""Decisions about returned forms: by field and as a whole, all of them rows; applied once, on what was checked."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from core.errors import Conflict, NotFound, UserError
from intake.gathering import gather
from intake.handlers.base import Target
from intake.models import FormState, ReturnedForm, ReviewDecision
from intake.services.applying import apply_review, check_again
from intake.services.checking import open_issues
from intake.services.review import accept, correct, note_seen, reject, send_back
from records.models import (
    Campaign,
    ChangeLog,
    Enterprise,
    EnterpriseObservation,
    ProgressReport,
    Quota,
    UnionOrg,
)
from records.services.audit import By
from records.services.enterprises import change_enterprise
from registry.models import IncomingEntry
from tests.intake.returns import OFFICER, applied, at, returned
from tests.intake.test_dossier import survey, untouched

pytestmark = pytest.mark.django_db
OUTSIDER = By(actor="người khác", channel="web")


def codes(form: ReturnedForm) -> set[str]:
    return {one.code for one in open_issues(form)} - {"unsure"}


def test_a_name_against_the_tax_code_is_asked_and_a_correction_settles_it(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned(
        "enterprise_survey", survey(place) | {"enterprise_name": "Công ty TNHH Một Hai Ba"}
    )
    assert codes(form) == {"name_differs"}
    with pytest.raises(Conflict) as refused:
        apply_review(form.pk, actor=OFFICER)
    assert refused.value.code == "still_open"
    form.refresh_from_db()
    assert form.state == FormState.NEEDS_REVIEW
    form = correct(
        form.pk, actor=OFFICER, path="enterprise_name", value=place.name, reason="Theo giấy đăng ký"
    )
    assert codes(form) == set()
    decision = form.decisions.get()
    assert (decision.action, decision.path, decision.actor) == (
        "correct",
        "enterprise_name",
        OFFICER,
    )
    assert (decision.before, decision.after) == ("Công ty TNHH Một Hai Ba", place.name)
    assert form.reading["fields"]["enterprise_name"]["value"] == "Công ty TNHH Một Hai Ba"


def test_the_same_fault_after_a_correction_is_asked_again(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned(
        "enterprise_survey", survey(place) | {"enterprise_name": "Công ty TNHH Một Hai Ba"}
    )
    form = correct(form.pk, actor=OFFICER, path="enterprise_name", value="Công ty TNHH Bốn Năm Sáu")
    assert codes(form) == {"name_differs"}


def test_a_correction_is_checked_like_any_value(sample: Campaign) -> None:
    form = returned("enterprise_survey", survey(untouched(sample).enterprise))
    with pytest.raises(UserError) as refused:
        correct(form.pk, actor=OFFICER, path="tax_code", value="123")
    assert "tax_code" in refused.value.facts["wrong"]
    with pytest.raises(NotFound):
        correct(form.pk, actor=OFFICER, path="no_such_field", value="1")
    assert ReviewDecision.objects.filter(form=form).count() == 0


def test_a_guess_is_rejected_and_left_out_of_what_is_written(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned("enterprise_survey", survey(place))
    form = reject(form.pk, actor=OFFICER, path="workers_female", reason="Không đọc rõ")
    accept(form.pk, actor=OFFICER)
    apply_review(form.pk, actor=OFFICER)
    seen = EnterpriseObservation.objects.filter(enterprise=place).latest("id")
    assert (seen.workers_total, seen.workers_female) == (27, None)
    assert seen.channel == "survey"


def test_applied_once_only(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = applied("enterprise_survey", survey(place))
    seen = EnterpriseObservation.objects.filter(enterprise=place).count()
    with pytest.raises(Conflict) as refused:
        apply_review(form.pk, actor=OFFICER)
    assert refused.value.code == "already_applied"
    with pytest.raises(Conflict):
        correct(form.pk, actor=OFFICER, path="workers_total", value=30)
    assert EnterpriseObservation.objects.filter(enterprise=place).count() == seen
    assert form.decisions.filter(action="apply").count() == 1
    line = ChangeLog.objects.get(record_type="returnedform", action="applied")
    assert (line.actor, line.channel, line.record_id) == (OFFICER, "intake", str(form.pk))


def test_refused_when_the_record_changed_since(
    sample: Campaign,
) -> None:
    place = untouched(sample).enterprise
    form = returned("enterprise_survey", survey(place))
    accept(form.pk, actor=OFFICER)
    change_enterprise(
        Enterprise.objects.get(pk=place.pk), {"name": "Công ty TNHH Đổi Tên"}, by=OUTSIDER
    )
    seen = EnterpriseObservation.objects.filter(enterprise=place).count()
    with pytest.raises(Conflict) as refused:
        apply_review(form.pk, actor=OFFICER)
    assert refused.value.code == "record_changed"
    assert EnterpriseObservation.objects.filter(enterprise=place).count() == seen
    form.refresh_from_db()
    assert form.state == FormState.NEEDS_REVIEW
    assert codes(check_again(form.pk, actor=OFFICER)) == {"name_differs"}
    accept(form.pk, actor=OFFICER, path="enterprise_name", reason="Doanh nghiệp vừa đổi tên")
    apply_review(form.pk, actor=OFFICER)
    assert EnterpriseObservation.objects.filter(enterprise=place).count() == seen + 1


def test_a_new_enterprise_only_on_approval(sample: Campaign) -> None:
    data = {
        "survey_date": "2024-09-02", "enterprise_name": "Hợp tác xã Mắc ca Nậm Loỏng", "tax_code": "6299900083",
        "enterprise_type": "cooperative", "address": "Xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu",
        "status": "active", "workers_total": 14, "has_union": False,
    }  # fmt: skip
    form = returned("enterprise_survey", data)
    assert codes(form) == {"new_enterprise"}
    assert not Enterprise.objects.filter(tax_code="6299900083").exists()
    accept(form.pk, actor=OFFICER)
    form = apply_review(form.pk, actor=OFFICER)
    made = Enterprise.objects.get(tax_code="6299900083")
    assert form.outcome[0] == "Ghi mới doanh nghiệp Hợp tác xã Mắc ca Nậm Loỏng"
    assert made.locations.get().area.name == "Bình Lư"
    assert made.uppers.get().org.name == "Liên đoàn Lao động huyện Tam Đường"
    assert form.record_id in ("", made.code)


def test_the_same_values_again_are_a_duplicate_and_others_a_revision(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    first = returned("enterprise_survey", survey(place))
    same = returned("enterprise_survey", survey(place), on="2024-09-26T08:00", style="lines")
    assert same.state == FormState.DUPLICATE
    assert same.duplicates == first
    with pytest.raises(Conflict):
        apply_review(same.pk, actor=OFFICER)
    other = returned(
        "enterprise_survey", survey(place) | {"workers_female": 12}, on="2024-09-27T08:00"
    )
    assert other.revises == first
    assert [one.paths for one in open_issues(other) if one.code == "revision"] == [
        ("workers_female",)
    ]
    accept(other.pk, actor=OFFICER)
    apply_review(other.pk, actor=OFFICER)
    first.refresh_from_db()
    assert first.state == FormState.SENT_BACK  # nobody may apply the older one over it
    assert first.decisions.get().reason == f"Đã nhập bản gửi sau (biểu mẫu {other.pk})."


def test_a_form_without_a_record_cannot_be_accepted_away(sample: Campaign) -> None:
    form = returned(
        "vote_count",
        {"union_name": "Công đoàn cơ sở Công ty Không Có Thật", "body": "executive_committee",
         "meeting_date": "2024-09-20", "rows": [{"full_name": "Lò Thị Mẫu", "votes": 5, "elected": True}]},
    )  # fmt: skip
    accept(form.pk, actor=OFFICER)
    assert [one.code for one in open_issues(form)] == ["no_record"]
    with pytest.raises(Conflict):
        apply_review(form.pk, actor=OFFICER)
    with pytest.raises(UserError):
        send_back(form.pk, actor=OFFICER, reason=" ")
    form = send_back(form.pk, actor=OFFICER, reason="Ghi lại tên doanh nghiệp")
    assert form.state == FormState.SENT_BACK


def test_a_row_is_taken_out_and_doubts_stay_with_their_rows(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    rows = [
        {
            "enterprise_name": "Cộng",
            "enterprise_type": "cooperative",
            "workers_total": 1,
            "status": "active",
        },
        {
            "enterprise_name": place.name,
            "tax_code": place.tax_code,
            "enterprise_type": place.type,
            "status": "active",
        },
    ]
    form = returned("enterprise_list", {"district": "Liên đoàn Lao động huyện Tam Đường", "as_of": "2024-09-09",
                                        "rows": rows})  # fmt: skip
    count = len(form.values["rows"])
    target = next(
        i for i, row in enumerate(form.values["rows"]) if row["enterprise_name"] == place.name
    )
    if count > 1:
        form = reject(form.pk, actor=OFFICER, path=f"rows[{1 - target}]", reason="Dòng cộng")
    assert [row["enterprise_name"] for row in form.values["rows"]] == [place.name]
    assert {
        path for one in open_issues(form) for path in one.paths if path.startswith("rows[")
    } <= {f"rows[0].{key}" for key in form.reading["rows"][0]}


def test_decisions_cannot_be_changed_even_by_sql(sample: Campaign) -> None:
    form = returned("enterprise_survey", survey(untouched(sample).enterprise))
    accept(form.pk, actor=OFFICER)
    decision = form.decisions.get()
    with pytest.raises(TypeError):
        decision.save()
    for statement in (
        "UPDATE intake_reviewdecision SET actor = 'x'",
        "DELETE FROM intake_reviewdecision",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_saw_personal_data_is_written_down(sample: Campaign) -> None:
    form = returned("enterprise_survey", survey(untouched(sample).enterprise))
    note_seen([form], actor="Lò Văn Ín", channel="cli")
    line = ChangeLog.objects.get(action="seen")
    assert (line.actor, line.record_id) == ("Lò Văn Ín", str(form.pk))


def test_nothing_is_applied_alone_unless_set_and_never_people(sample: Campaign, settings) -> None:
    place = untouched(sample).enterprise
    settings.INTAKE_ACCEPTANCE = "0.5"
    assert returned("enterprise_survey", survey(place)).state == FormState.NEEDS_REVIEW
    settings.INTAKE_AUTO = "enterprise_survey"
    other = returned(
        "enterprise_survey", survey(place) | {"survey_date": "2024-09-04"}, on="2024-09-26T08:00"
    )
    assert other.state == FormState.APPLIED
    assert other.applied_by == "docgen"
    settings.INTAKE_AUTO = "membership_application"
    with pytest.raises(UserError) as refused:
        returned("enterprise_survey", survey(place) | {"survey_date": "2024-09-05"})
    assert "DOCGEN_INTAKE_AUTO" in refused.value.message


# --- progress reports ----------------------------------------------------------------------------------


def report(
    org: UnionOrg, month: int, joined: int, cumulative: int, **more: object
) -> dict[str, object]:
    row = {
        "org_name": org.name, "month_joined": joined, "month_left": 0, "month_net": joined, "month_unions": 0,
        "cum_joined": cumulative, "cum_left": 0, "cum_net": cumulative, "cum_unions": 0,
        "members_total": 2000 + cumulative, **more,
    }  # fmt: skip
    return {
        "district": org.name,
        "period": f"2024-{month:02d}",
        "as_of": f"2024-{month:02d}-28",
        "rows": [row],
    }


def test_a_report_is_held_against_quotas_and_the_month_before(sample: Campaign) -> None:
    org = UnionOrg.objects.get(name="Liên đoàn Lao động huyện Tam Đường")
    asked = set(Quota.objects.filter(org=org, campaign=sample).values_list("value", flat=True))
    applied("progress_report", report(org, 3, 12, 30), on="2024-04-02T08:00")
    wrong = returned(
        "progress_report",
        report(org, 4, 9, 41, target_members=max(asked) + 1),
        on="2024-05-03T08:00",
    )
    assert codes(wrong) == {"cumulative_differs", "quota_differs"}
    right = returned("progress_report", report(org, 4, 9, 39), on="2024-05-04T08:00")
    assert right.revises == wrong
    assert codes(right) == {"revision"}
    accept(right.pk, actor=OFFICER)
    apply_review(right.pk, actor=OFFICER)
    kept = ProgressReport.objects.get(org=org, period="2024-04")
    assert (kept.revision, kept.lines.get().cum_joined) == (1, 39)
    again = applied("progress_report", report(org, 4, 10, 40), on="2024-05-05T08:00")
    assert "bản lần 2" in again.outcome[0]
    line = IncomingEntry.objects.order_by("number__number").first()
    assert line is not None
    assert (line.author, line.arrived_on.isoformat()) == (org.name, "2024-04-02")


def test_look_ups_take_as_many_queries_for_any_number_of_rows(
    sample: Campaign,
    django_assert_max_num_queries,
) -> None:
    on = at("2024-09-25T08:00").date()
    places = list(Enterprise.objects.filter(tax_code__isnull=False).order_by("code")[:40])
    counts = []
    for size in (1, 40):
        rows = [{"enterprise_name": one.name, "tax_code": one.tax_code} for one in places[:size]]
        data = {"district": "Liên đoàn Lao động huyện Tam Đường", "rows": rows}
        with django_assert_max_num_queries(40) as seen:
            known = gather("enterprise_list", data, record=Target(), on=on)
        assert len(known.enterprises) == size
        counts.append(len(seen))
    assert counts[0] == counts[1]
