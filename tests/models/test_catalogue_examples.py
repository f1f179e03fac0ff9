"""Every example of the catalogue is a test: what it shows must be what the screen says."""

from __future__ import annotations

import pytest

from models import catalogue
from models.requirement import Example
from models.screen import Screener
from tests.models.acts import AS_OF, act_of

CATALOGUE = catalogue.load()
SCREENER = Screener(CATALOGUE)
EXAMPLES = [
    pytest.param(row.id, example, id=f"{row.id}-{number}")
    for row in (*CATALOGUE.categories.values(), *CATALOGUE.look_alikes.values())
    for number, example in enumerate(row.examples, 1)
]


@pytest.mark.parametrize(("owner", "example"), EXAMPLES)
def test_example_gets_its_category_or_its_code(owner: str, example: Example) -> None:
    act, index = act_of(example)
    result = SCREENER.screen(act, AS_OF)
    categories = {f.category for f in result.findings if f.provision == index}
    codes = {s.code for s in result.suppressed if s.provision == index}
    if example.finding:
        assert example.finding in categories
    else:
        assert example.code in codes
        assert not categories, owner


@pytest.mark.parametrize("category", CATALOGUE.categories)
def test_category_has_an_example_that_is_a_finding(category: str) -> None:
    examples = CATALOGUE.categories[category].examples
    assert any(example.finding == category for example in examples)


@pytest.mark.parametrize("category", CATALOGUE.categories)
def test_category_has_an_example_that_is_no_finding(category: str) -> None:
    assert any(example.code for example in CATALOGUE.categories[category].examples)


# N22 is a person's judgement about two findings; nothing in the words tells it.
@pytest.mark.parametrize("code", [code for code in CATALOGUE.look_alikes if code != "N22"])
def test_look_alike_has_examples_on_both_sides(code: str) -> None:
    examples = CATALOGUE.look_alikes[code].examples
    assert any(example.code == code for example in examples)
    assert any(example.finding for example in examples)
