"""Examples that JSON cannot hold: forms, pages of rows, heads. Rows come from the test factories, unsaved."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.design.templatetags.charts import small_chart
from lms.cohorts.enums import Role
from lms.desks.chrome import HatShown
from lms.desks.navigation import groups_for, tabs_of
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, OrganisationFactory

from .charts import every_chart, every_small_one
from .components import Component

Example = dict[str, Any]
TOKEN = "an-example"


def examples_of(component: Component, request: HttpRequest) -> list[Example]:
    """Every example of a component in the language now active."""
    build = BUILT.get(component.name)
    return build(request) if build else component.examples(get_language() or "zh-hans")


def _said(chinese: str, english: str) -> str:
    return english if get_language() == "en" else chinese


class EveryControl(forms.Form):
    """One field of every kind."""

    name = forms.CharField()
    level = forms.ChoiceField(choices=[("junior", "junior"), ("senior", "senior")])
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(required=False)
    way = forms.ChoiceField(widget=forms.RadioSelect, choices=[("online", "online"), ("there", "there")])
    agree = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _said("姓名", "Name")
        self.fields["name"].help_text = _said("与身份证件一致。", "As on the identity document.")
        self.fields["level"].label = _said("等级", "Level")
        self.fields["level"].choices = [("junior", _said("初级", "Junior")), ("senior", _said("高级", "Senior"))]
        self.fields["reason"].label = _said("说明", "Reason")
        self.fields["proof"].label = _said("证明材料", "Proof")
        self.fields["way"].label = _said("方式", "Way")
        self.fields["way"].choices = [("online", _said("线上", "Online")), ("there", _said("现场", "On site"))]
        self.fields["agree"].label = _said("我已核对以上内容", "I have checked the above")


def _forms(request: HttpRequest) -> list[Example]:
    return [{"form": EveryControl(auto_id="empty_%s")}, {"form": EveryControl({"name": ""}, auto_id="faulty_%s")}]


def _fields(request: HttpRequest) -> list[Example]:
    form = EveryControl({"name": "", "level": "junior"}, auto_id="field_%s")
    return [
        {"bound": form[name], "control": form[name].as_widget(attrs={"class": "input"}), "kind": kind}
        for name, kind in (("name", "text"), ("reason", "textarea"))
    ]


def _pagination(request: HttpRequest) -> list[Example]:
    rows = CohortFactory.build_batch(45, scheme_version=None)
    return [{"page": Paginator(rows, 20).page(2), "query": "level=junior"}]


def _messages(request: HttpRequest) -> list[Example]:
    told = [
        (
            constants.SUCCESS,
            _said("将写入 483 人：新建 471，更新 12。", "483 people will be written: 471 new, 12 updated."),
        ),
        (constants.WARNING, _said("有 9 人还没有身份证件。", "Nine people have shown no identity document.")),
        (constants.ERROR, _said("没有保存，正在重试。", "Not saved, retrying.")),
        (constants.INFO, _said("成绩将在 12 月 10 日公布。", "Results come out on 10 December.")),
    ]
    return [{"messages": [Message(level, text) for level, text in told]}]


def chrome(request: HttpRequest, role: Role = Role.TRAINEE) -> Example:
    """What a desk's frame is told about a person of two roles."""
    base = OrganisationFactory.build(name="汾川技术转移培训基地", name_en="Fenchuan base")
    place = _said(base.name, base.name_en)
    hats = [HatShown(each.value, str(each.label), place, each == role) for each in (Role.TRAINEE, Role.BASE_MANAGER)]
    rail = groups_for(role, editor=False, path=request.path)
    person = PersonFactory.build(real_name="段文博", user=None)
    on = next(hat for hat in hats if hat.current)
    return {"person": person.real_name, "hat": on, "hats": hats, "unread": 3, "rail": rail, "tabs": tabs_of(rail)}


def operator() -> Example:
    """An invented body that runs the site."""
    return {
        "name": _said("晋源技术转移协会（虚构）", "Jinyuan technology transfer association (invented)"),
        "basis": _said("依据：考核方案 2026 年第 1 版（示例）", "Basis: scheme 2026, first edition (example)"),
        "contact": _said("工作日 8:30–17:30，北京时间", "Working days 8:30–17:30, Beijing time"),
    }


def menu() -> Example:
    """The pages that an editor has put in the menu."""
    entries = (
        ("三个等级", "Levels"),
        ("课程目录", "Courses"),
        ("谈判实训", "Simulations"),
        ("政策与法规", "Policy library"),
    )
    titled = [
        {"title": _said(*names), "url": f"#entry-{at}", "current": at == 1, "language": get_language()}
        for at, names in enumerate(entries)
    ]
    about = (("隐私", "Privacy"), ("使用条款", "Terms"), ("无障碍声明", "Accessibility"))
    foot = [
        {"title": _said(*names), "url": f"#foot-{at}", "language": get_language()} for at, names in enumerate(about)
    ]
    return {"entries": titled, "foot": foot}


def _deskhead(request: HttpRequest) -> list[Example]:
    return [{"request": request, "chrome": chrome(request), "csrf_token": TOKEN}]


def _sitehead(request: HttpRequest) -> list[Example]:
    common = {"request": request, "chrome": {"person": ""}, "operator": operator()}
    return [
        {**common, "menu": menu(), "verification": False},
        {**common, "menu": {"entries": []}, "verification": True},
    ]


def _foot(request: HttpRequest) -> list[Example]:
    return [{"chrome": {"person": ""}, "operator": operator(), "menu": menu()}]


def _switch(request: HttpRequest) -> list[Example]:
    return [{"request": request, "css_class": "btn btn-quiet"}]


def _charts(request: HttpRequest) -> list[Example]:
    return [{"chart": each, "titled": True, "tabled": True, "caption": each.description} for each in every_chart()]


def _small_charts(request: HttpRequest) -> list[Example]:
    return [
        small_chart(each, kind) for each, kind in zip(every_small_one(), ("spark", "ring", "scorebar"), strict=True)
    ]


def _nothing(request: HttpRequest) -> list[Example]:
    return [{}]


BUILT: dict[str, Callable[[HttpRequest], list[Example]]] = {
    "chart": _charts,
    "small_chart": _small_charts,
    "demo_banner": _nothing,
    "deskhead": _deskhead,
    "field": _fields,
    "foot": _foot,
    "form": _forms,
    "language": _switch,
    "large_print": _switch,
    "messages": _messages,
    "pagination": _pagination,
    "sitehead": _sitehead,
}
