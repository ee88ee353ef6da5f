"""Who may write the site and who lets it out: two groups and a review that takes two people."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from cms.foundation.models import SecondPersonTask
from cms.foundation.selectors.reviews import REVIEWERS

EDITORS = "Editors"
WORKFLOW = "两人审核 Review by a second person"
PAGE_ACTS = {EDITORS: ("add_page", "change_page"), REVIEWERS: ("change_page", "publish_page")}
SNIPPET_ACTS = {EDITORS: ("add", "change"), REVIEWERS: ("change", "publish")}
FILE_ACTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
WORD_ACTS = (
    *(f"{act}_{model}" for act in ("add", "change") for model in ("glossaryterm", "policytopic", "jurisdiction")),
)


@transaction.atomic
def set_up_editing(*, home: Page) -> Workflow:
    """Make the groups and the review once; what an operator changes afterwards stays."""
    there = Workflow.objects.filter(name=WORKFLOW).first()
    if there:
        return there
    groups = {name: _group(name, home) for name in PAGE_ACTS}
    task = SecondPersonTask.objects.create(name=WORKFLOW)
    task.groups.add(groups[REVIEWERS])
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    for model in _reviewed_snippets():
        _review(model, workflow, groups)
    return workflow


def _reviewed_snippets() -> list[type[models.Model]]:
    """Models besides pages that go through the review, such as lessons; a room has only to make them so."""
    return [model for model in apps.get_models() if issubclass(model, WorkflowMixin) and not issubclass(model, Page)]


def _review(model: type[models.Model], workflow: Workflow, groups: dict[str, Group]) -> None:
    kind = ContentType.objects.get_for_model(model)
    WorkflowContentType.objects.update_or_create(content_type=kind, defaults={"workflow": workflow})
    for name, acts in SNIPPET_ACTS.items():
        codenames = [f"{act}_{kind.model}" for act in acts]
        groups[name].permissions.add(*Permission.objects.filter(content_type=kind, codename__in=codenames))


def let_write(*, user: object, reviews: bool = False) -> None:
    """Put a person among the editors, or among the reviewers."""
    user.groups.add(Group.objects.get(name=REVIEWERS if reviews else EDITORS))  # type: ignore[attr-defined]


def _group(name: str, home: Page) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    files = Collection.get_first_root_node()
    for codename in PAGE_ACTS[name]:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    for permission in Permission.objects.filter(codename__in=FILE_ACTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    words = Permission.objects.filter(content_type__app_label="pages", codename__in=WORD_ACTS)
    group.permissions.add(Permission.objects.get(codename="access_admin"), *words)
    return group
