"""The banks of a base, and one bank with its questions."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.enums import Difficulty, QuestionKind, VersionState
from lms.exams.forms.banks import BankForm
from lms.exams.models import QuestionVersion
from lms.exams.selectors.bank import YES, Wanted, listed
from lms.exams.selectors.banks import banks_visible_to, lines_of, organisations_with_banks
from lms.exams.selectors.laws import every_law
from lms.exams.selectors.questions import case_titles
from lms.exams.selectors.tags import Tags, tags_in_force
from lms.exams.services.banks import create_bank
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .doors import actor_of, bank_or_404, must_keep_a_bank, user_of

PER_PAGE = 30
Option = tuple[str, Any]


@login_required
@require_safe
def banks(request: HttpRequest) -> HttpResponse:
    """Every bank that the visitor keeps, with what is asked and what waits."""
    must_keep_a_bank(request)
    page = Paginator(banks_visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    tags = tags_in_force(now())
    return render(request, "exams/bank/banks.html", {"page": page, "lines": lines_of(list(page), now()), "tags": tags})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_bank(request: HttpRequest) -> HttpResponse:
    """Begin a bank."""
    must_keep_a_bank(request)
    organisations = organisations_with_banks(user_of(request))
    only = list(organisations[:2])
    first = {"organisation": only[0]} if len(only) == 1 else {}
    form = BankForm(request.POST or None, organisations=organisations, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            bank = create_bank(**form.cleaned_data, actor=actor_of(request), now=now())
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The bank is there. Write its first question."))
            return redirect("exams:bank", bank.pk)
    return render(request, "exams/bank/bank_new.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_safe
def bank(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of a bank, as the address filters them."""
    chosen = bank_or_404(request, pk)
    moment = now()
    tags, wanted = tags_in_force(moment), Wanted.read(request.GET)
    found = listed(chosen, wanted, moment, tags.topics_of_module(wanted.module))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "bank": chosen,
        "page": page,
        "rows": _rows(page.object_list),
        "wanted": wanted,
        "fields": _fields(wanted, tags),
        "here": reverse("exams:bank", args=[pk]),
        "tags": tags,
        "kinds": list(QuestionKind),
    }
    return render(request, "exams/bank/bank.html", context)


def _rows(versions: Iterable[QuestionVersion]) -> list[dict[str, Any]]:
    """Versions with the head of their case, where a case begins."""
    versions = list(versions)
    titles = case_titles({each.question.case_set_id for each in versions if each.question.case_set_id})
    rows, last = [], None
    for version in versions:
        case = version.question.case_set
        head = case if case and case.pk != last else None
        rows.append({"version": version, "case": head, "case_body": titles.get(case.pk) if case else None})
        last = case.pk if case else None
    return rows


def _fields(wanted: Wanted, tags: Tags) -> list[dict[str, Any]]:
    english = get_language() == "en"
    levels = [(level.code, level.label) for level in tags.levels]
    topics = {topic.code: topic.label for topic in tags.topics if wanted.level in ("", topic.level)}
    laws = [(law.code, (law.title_en if english else "") or law.title) for law in every_law()]
    competencies = [(each.code, f"{each.code} {each.label}") for each in tags.competencies]
    every: list[tuple[str, str, str, Iterable[Option]]] = [
        ("state", _("State"), _("every state"), VersionState.choices),
        ("level", _("Level"), _("every level"), levels),
        ("module", _("Module"), _("every module"), [(each.value, each.label) for each in tags.modules]),
        ("topic", _("Topic"), _("every topic"), list(topics.items())),
        ("competency", _("Competency"), _("every competency"), competencies),
        ("difficulty", _("Difficulty"), pgettext("difficulty", "any"), Difficulty.choices),
        ("kind", _("Kind"), _("every kind"), QuestionKind.choices),
        ("law", _("Legal text"), _("every legal text"), laws),
        ("outdated", _("Law text"), pgettext("law text", "any"), [(YES, _("rests on an older one"))]),
        ("unused", _("Use"), pgettext("use", "any"), [(YES, _("not used yet"))]),
    ]
    words = {"name": "q", "label": _("Words of the question, or short name"), "kind": "text", "value": wanted.q}
    return [words, *(_select(wanted, *field) for field in every)]


def _select(wanted: Wanted, name: str, label: str, every: str, choices: Iterable[Option]) -> dict[str, Any]:
    options = [{"value": "", "label": every}, *({"value": value, "label": words} for value, words in choices)]
    return {"name": name, "label": label, "kind": "select", "value": getattr(wanted, name), "options": options}
