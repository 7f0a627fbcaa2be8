"""What would be written is shown by writing and undoing it; single points are accepted as they were seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.errors import Conflict
from core.forms import Values
from intake.issues import UNSURE
from intake.models import FormState, PaperView, ReturnedForm
from intake.read import shared_cage
from intake.record_values import record_values
from intake.services.applying import apply_review
from intake.services.checking import check_values, day_of, issued_for, open_issues
from intake.services.preview import preview
from intake.services.review import accept, accept_issues, correct
from intake.services.views import ask_view, draw_page, make_view
from records.models import Campaign, ChangeLog, EnterpriseObservation
from records.services.audit import By
from records.services.enterprises import change_enterprise
from tests.intake.returns import OFFICER, returned
from tests.intake.test_dossier import survey, untouched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> Iterator[None]:
    yield
    shared_cage().close()


def test_a_preview_says_what_applying_writes_and_leaves_nothing(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned(
        "enterprise_survey", survey(place) | {"sector": "Nghề mới", "workers_total": 900}
    )
    refused = preview(form.pk, actor=OFFICER)
    assert refused.fault is not None
    assert refused.fault.code == "still_open"
    accept(form.pk, actor=OFFICER)
    before = EnterpriseObservation.objects.count(), ChangeLog.objects.count()
    shown = preview(form.pk, actor=OFFICER)
    assert (EnterpriseObservation.objects.count(), ChangeLog.objects.count()) == before
    form.refresh_from_db()
    assert form.state == FormState.NEEDS_REVIEW
    assert list(shown.lines) == apply_review(form.pk, actor=OFFICER).outcome
    seen = next(one for one in shown.records if one.what == "ghi nhận về doanh nghiệp")
    assert seen.is_new
    assert ("tổng số lao động", "") in {(one.label, one.before) for one in seen.fields}
    case = next(one for one in shown.records if one.what == "hồ sơ thành lập")
    assert not case.is_new


def test_a_preview_says_that_the_records_have_moved_on(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned("enterprise_survey", survey(place))
    accept(form.pk, actor=OFFICER)
    change_enterprise(place, {"name": f"{place.name} Mới"}, by=By("người khác", "web"))
    fault = preview(form.pk, actor=OFFICER).fault
    assert fault is not None
    assert fault.code == "record_changed"


def test_points_are_accepted_as_they_were_seen(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned(
        "enterprise_survey", survey(place) | {"enterprise_name": "Công ty TNHH Một Hai Ba"}
    )
    differs = next(one for one in open_issues(form) if one.code == "name_differs")
    form = correct(form.pk, actor=OFFICER, path="enterprise_name", value="Công ty TNHH Bốn Năm")
    # The point that was seen is gone, and another stands in its place: nothing is settled.
    accept_issues(form.pk, actor=OFFICER, keys=[differs.key], path="enterprise_name")
    now = next(one for one in open_issues(form) if one.code == "name_differs")
    assert now.key != differs.key
    accept_issues(form.pk, actor=OFFICER, keys=[now.key], path="enterprise_name")
    assert {one.code for one in open_issues(form)} <= {UNSURE}


def test_what_must_be_mended_is_not_accepted_one_by_one(sample: Campaign) -> None:
    form = returned("member_list", {"union_name": "Công đoàn cơ sở Không Có", "rows": []})
    must = next(one for one in open_issues(form) if one.is_must)
    with pytest.raises(Conflict) as refused:
        accept_issues(form.pk, actor=OFFICER, keys=[must.key])
    assert refused.value.code == "must_mend"


def test_the_records_own_values_stand_beside_those_of_the_form(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned("enterprise_survey", survey(place) | {"sector": "Nghề khác"})
    checked = check_values(form.kind, form.values, record=issued_for(form), on=day_of(form))
    kept = record_values(form.kind, Values(form.values), checked.known)
    assert (kept["tax_code"], kept["sector"]) == (place.tax_code, place.sector)
    assert kept["has_union"] is False


@pytest.mark.soffice
def test_a_word_form_is_printed_and_its_values_are_found_on_the_page(sample: Campaign) -> None:
    place = untouched(sample).enterprise
    form = returned("enterprise_survey", survey(place))
    view = ask_view(form.received)
    assert ask_view(form.received) == view
    assert make_view(view.pk) == "done"
    assert make_view(view.pk) is None
    view = PaperView.objects.get(pk=view.pk)
    page, left, top, right, bottom = view.places["1"]["tax_code"]
    assert page == 1
    assert 0 < left < right < 600
    assert 0 < top < bottom < 850
    drawn = draw_page(ReturnedForm.objects.get(pk=form.pk), 1)
    assert drawn.data.startswith(b"\x89PNG")
    assert len(drawn.data) < 400_000
