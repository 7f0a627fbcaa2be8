"""All recipes: ``<kind>/<name>`` -> recipe. Each group of kinds has a module of its own."""

from __future__ import annotations

from tools.templates import (
    campaign,
    founding,
    letters,
    minutes,
    official_letters,
    reports,
)
from tools.templates.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    **campaign.RECIPES,
    **founding.RECIPES,
    **letters.RECIPES,
    **minutes.RECIPES,
    **official_letters.RECIPES,
    **reports.RECIPES,
}
