"""The designer of a long draft: light over the wire, and whole where that is still a list to read."""

import gzip
import json

from tests.makers import Story
from tests.web.designing import SMALL, asked, open_at
from tests.web.visitor import Visitor
from voc.staff.models import Member
from voc.surveys.documents import json_of
from voc.surveys.draft import save_draft
from voc.surveys.models import Survey
from voc.web import static_files

MOST_ON_THE_WIRE = 60_000


async def test_a_draft_of_two_hundred_questions_stays_light(browser: Visitor, small_survey: Survey, story: Story, dee: Member) -> None:
    long = json.loads(json.dumps(SMALL))
    long["pages"] = [
        {
            "id": f"page_{page}",
            "questions": [
                {"id": f"q_{page}_{number}", "kind": "text", "text": {"en": f"What of {page}, {number}? " * 20, "nl": "Wat?"}}
                for number in range(10)
            ],
        }
        for page in range(20)
    ]
    await save_draft(await story.actor(dee), small_survey.id, json_of(long), small_survey.draft_revision)
    page = await open_at(browser, "questions/q_19_9")
    assert len(page.texts("small")) == 200
    files = [
        static_files.text(name)
        for name in ("tokens.css", "base.css", "console.css", "console.js", "designer.css", "designer.js", "designer_drag.js")
    ]
    assert sum(len(gzip.compress(one.encode())) for one in [page.answer.text, *files]) <= MOST_ON_THE_WIRE
    await browser.press("Up")
    assert (await asked(small_survey))[19][-2:] == ["q_19_9", "q_19_8"]


async def test_a_draft_of_two_thousand_questions_is_listed_around_what_is_chosen(
    browser: Visitor, small_survey: Survey, story: Story, dee: Member
) -> None:
    long = json.loads(json.dumps(SMALL))
    long["pages"] = [
        {
            "id": f"page_{page}",
            "questions": [
                {
                    "id": f"q_{page}_{number}",
                    "kind": "text",
                    "text": {"en": f"What of {page}, {number}?", "nl": f"Wat van {page}, {number}?"},
                }
                for number in range(100)
            ],
        }
        for page in range(20)
    ]
    await save_draft(await story.actor(dee), small_survey.id, json_of(long), small_survey.draft_revision)
    page = await open_at(browser, "questions/q_7_50")
    assert len(page.texts("small", class_="count")) == 19
    listed = page.text("nav", id="list")
    assert "What of 7, 50?" in listed
    assert "What of 7, 99?" not in listed
    files = ["tokens.css", "base.css", "console.css", "console.js", "designer.css", "designer.js", "designer_drag.js"]
    assert sum(len(gzip.compress(one.encode())) for one in [page.answer.text, *map(static_files.text, files)]) <= MOST_ON_THE_WIRE
    page = await browser.follow("Later questions")
    assert page.text("h2", id="panel-heading") == "Own words q_7_99"
    await browser.press("Down")
    found = await asked(small_survey)
    assert (found[7][-1], found[8][:2]) == ("q_7_98", ["q_7_99", "q_8_0"])
    assert (await Survey.get(id=small_survey.id)).draft.startswith("{"), "a long draft stays in the layout that is read fast"
