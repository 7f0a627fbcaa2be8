"""All recipes: ``<kind>/<name>`` -> recipe. Each group of kinds has a module of its own."""

from __future__ import annotations

from tools.templates import campaign, congress, founding, letters, minutes
from tools.templates.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    **campaign.RECIPES,
    **congress.RECIPES,
    **founding.RECIPES,
    **letters.RECIPES,
    **minutes.RECIPES,
}
