"""All recipes: ``<kind>/<name>`` -> recipe. Each group of kinds has a module of its own."""

from __future__ import annotations

from tools.templates import (
    campaign,
    congress,
    decisions,
    founding,
    letters,
    minutes,
    notices,
    official_letters,
    reorganisation,
    reports,
)
from tools.templates.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    **campaign.RECIPES,
    **decisions.RECIPES,
    **congress.RECIPES,
    **founding.RECIPES,
    **letters.RECIPES,
    **minutes.RECIPES,
    **notices.RECIPES,
    **reorganisation.RECIPES,
    **official_letters.RECIPES,
    **reports.RECIPES,
}
