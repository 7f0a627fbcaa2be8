"""Fields of forms as the desk needs them: dates as people type them, words in their stored form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from core.dates import PartialDate, format_short, parse_date
from core.errors import Unreadable
from core.letters import clean_line

_CLASSES = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


#: Django's own Vietnamese is stiff; these say what to do.
_SAID = {
    "required": "Chưa ghi mục này.",
    "min_value": "Ghi số từ %(limit_value)s trở lên.",
    "max_value": "Ghi số không quá %(limit_value)s.",
    "max_length": "Dài quá %(limit_value)s ký tự, hãy ghi gọn lại.",
    "invalid_choice": "Chọn một trong các mục có sẵn.",
}


class DeskForm(forms.Form):
    """A form whose controls look as the desk's, each tied to its hint and its fault."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.dress()

    def dress(self) -> None:
        """Give every control its class; call it again after adding fields."""
        for field in self.fields.values():
            name = next(name for kind, name in _CLASSES if isinstance(field.widget, kind))
            field.widget.attrs["class"] = name
            field.error_messages |= _SAID


class LineField(forms.CharField):
    """One line of text, tidied as the records keep it."""

    def clean(self, value: Any) -> Any:
        """NFC, single spaces."""
        return super().clean(clean_line(value) if isinstance(value, str) else value)


class DayField(forms.CharField):
    """A day as people type it: 2/5/2024, 2.5.24, 02-05-2024."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", "ngày/tháng/năm")
        self.widget.attrs.setdefault("inputmode", "numeric")

    def prepare_value(self, value: Any) -> Any:
        """Show a date in the official short form."""
        return format_short(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The date, or None for an empty optional field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_date(text)
        except Unreadable as fault:
            raise forms.ValidationError(fault.message) from fault
        if isinstance(found, PartialDate):
            raise forms.ValidationError("Ghi đủ ngày, tháng, năm, ví dụ 02/5/2024.")
        return found


def first_fault(form: forms.Form) -> str:
    """The first thing that is wrong, for a sentence at the top."""
    return next((str(errors[0]) for errors in form.errors.values()), "")
