"""The page of a case: its course over the bodies, each step with its outcome and the decision's words; what waits."""

from __future__ import annotations

from qa.assistant import Assistant
from qa.course import Course, CourseStep
from qa.digest import Step
from qa.ui import frame, naming, notices, steps, words_browse
from qa.ui.address import ASK, Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words
from qa.ui.words_browse import BrowseWords


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """The case in the address, by the key of one of its items or by its number; a choice where that means several."""
    say = words_browse.of(words.language)
    wanted = address.selection.case_number or ""
    places = address.selection.municipalities or (None,)
    found = [entry for place in places for entry in assistant.cases(wanted, place)]
    course = assistant.course(found[0].item.key) if len(found) == 1 else None
    if course is not None:
        frame.title(course.title)
        show(_course(course, address, words, say))
    elif found:
        frame.title(say.case)
        choices = [
            tag(
                "li",
                tag("a", each.item.title, href=address.to_case(each.item.key).href, class_="ps-title", lang="da"),
                tag("span", f"{each.meeting.municipality} · {naming.meeting(each.meeting, words)}", class_="ps-meta"),
            )
            for each in found
        ]
        which = tag("p", say.which_case.format(number=wanted))
        show(tag("article", tag("h1", say.case), which, tag("ul", *choices, class_="ps-list"), class_="ps-page"))
    else:
        notices.missing(address, words, say.no_case)
        return
    frame.arrived(address, words)


def _course(course: Course, address: Address, words: Words, say: BrowseWords) -> Html:
    missing = sum(not step.told.is_loaded for step in course.steps)
    facts = [course.municipality, naming.counted(len(course.steps), say.count_steps), *_span(course, words, say)]
    before = (None, *(each.said for each in course.steps))
    listed = [
        _step(each, earlier, course, address, words, say) for each, earlier in zip(course.steps, before, strict=False)
    ]
    facts += [naming.counted(missing, say.count_not_loaded)] if missing else []
    return tag(
        "article",
        tag(
            "header",
            tag("p", naming.case(course.case_number, words) if course.case_number else say.case, class_="ps-meta"),
            tag("h1", course.title, lang="da"),
            tag("p", " · ".join(filter(None, facts)), class_="ps-meta"),
        ),
        _waiting(course, address, words, say) if course.pending else None,
        tag(
            "section",
            tag("h2", say.course),
            tag("ol", *listed, class_="ps-thread ps-course"),
            class_="ps-part",
        ),
        None if course.pending else tag("p", say.nothing_waits, class_="ps-meta"),
        class_="ps-page",
    )


def _span(course: Course, words: Words, say: BrowseWords) -> list[str]:
    days = [step.told.date for step in course.steps if step.told.date]
    if not days or days[0] == days[-1]:
        return []
    return [say.first_to_last.format(first=naming.day(min(days), words), last=naming.day(max(days), words))]


def _waiting(course: Course, address: Address, words: Words, say: BrowseWords) -> Html:
    listed = steps.waiting(course.pending, address, words, under=course.title)
    return tag("section", tag("h2", say.still_waits), listed, class_="ps-abstention")


def _step(
    each: CourseStep, before: Step | None, course: Course, address: Address, words: Words, say: BrowseWords
) -> Html:
    """A step: day, body and item; the title where it is another than the case's; the outcome and the decision."""
    told = each.told
    place = [told.committee, *([words.item.format(number=told.number)] if told.number else [])]
    where = ", ".join(place)
    heading = tag(
        "h3",
        tag("span", naming.day(told.date, words), class_="ps-when"),
        " ",
        tag("a", where, href=address.to_page(ASK).to_item(told.item).href) if told.item else tag("span", where),
    )
    if each.said is None:
        badge = naming.badge(told.outcome, words) if told.outcome else None
        state = tag("span", words.not_loaded, class_="ps-missing-word")
        why = tag("p", say.step_not_loaded, class_="ps-meta")
        return tag("li", heading, tag("p", state, badge, class_="ps-line"), why, class_="ps-missing")
    renamed = told.title if told.title != course.title else ""
    return tag(
        "li",
        heading,
        tag("p", renamed, lang="da") if renamed else None,
        tag("p", naming.badge(told.outcome, words)) if told.outcome and each.said.claims else None,
        steps.decided(each.said, address, words, before=before),
    )
