"""Refusals of the engine: a rule of the game said no, in a whole sentence in both languages."""

from typing import TYPE_CHECKING, Any

from .parts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCES: dict[str, tuple[str, str]] = {
    "command-unreadable": (
        "这条指令读不懂：{detail}。请刷新页面后再试。",
        "This command cannot be read: {detail}. Reload the page and try again.",
    ),
    "already-ended": ("这场实训已经结束，不能再操作。", "This simulation has ended; nothing more can be done in it."),
    "unknown-action": ("没有“{action}”这项行动。", "There is no action “{action}”."),
    "unknown-option": ("“{action}”没有“{option}”这个选项。", "“{action}” has no option “{option}”."),
    "option-needed": ("请先选定怎样做，再执行“{action}”。", "Choose how before you do “{action}”."),
    "not-yet": ("“{what}”要到后面的阶段才能做。", "“{what}” belongs to a later stage."),
    "already-done": ("“{action}”已经做过了。", "“{action}” has been done already."),
    "requirement-missing": (
        "“{action}”还缺前提，先做完该做的事。",
        "“{action}” needs something else to be done first.",
    ),
    "not-enough-days": (
        "剩余时间不够：需要 {need} 天，只剩 {left} 天。",
        "Not enough time: this takes {need} days and {left} are left.",
    ),
    "not-enough-budget": (
        "剩余经费不够：需要 {need}，只剩 {left}（{unit}）。",
        "Not enough budget: this costs {need} and {left} is left (in {unit}).",
    ),
    "unknown-document": ("没有这份文件。", "There is no such document."),
    "document-closed": ("这份文件现在还看不到。", "This document is not open to you yet."),
    "unknown-assessment": ("没有“{assessment}”这项判断。", "There is no assessment “{assessment}”."),
    "assessment-closed": (
        "“{assessment}”只能在所属阶段内填写。",
        "“{assessment}” can be filled in only during its own stage.",
    ),
    "assessment-shape": (
        "“{assessment}”填写的形式不对：{detail}。",
        "“{assessment}” is not filled in properly: {detail}.",
    ),
    "unknown-draft": ("没有这份待写的文稿。", "There is no such paper to write."),
    "draft-closed": ("这份文稿现在不能写。", "This paper cannot be written now."),
    "unknown-paper": ("没有这份要自己写的文件。", "There is no such paper to write."),
    "paper-closed": ("这份文件现在不能写。", "This paper cannot be written now."),
    "paper-too-long": (
        "“{paper}”最多 {most} 个字，现在有 {count} 个。",
        "“{paper}” takes {most} characters at most; there are {count}.",
    ),
    "evidence-not-found": (
        "只能引用已经查明的事实。",
        "Only facts that were found can be cited as evidence.",
    ),
    "card-unanswered": (
        "桌上有一件突发的事还没处理，先处理它，再往下走。",
        "Something has come up that must be dealt with before you go on.",
    ),
    "not-your-seat": ("这个席位不归你操作。", "This seat is not yours to play."),
    "unknown-clause": ("文稿里没有“{clause}”这一条。", "The paper has no line “{clause}”."),
    "not-at-the-table": ("现在不是谈条件的阶段。", "Terms are not being negotiated at this stage."),
    "no-partner": ("还没有选定谈判对象。", "Nobody has been chosen to negotiate with."),
    "talks-over": ("谈判已经结束，不能再递方案。", "The talks are over; no more packages can be put forward."),
    "no-rounds-left": ("报价轮次已经用完。", "All rounds of offers have been used."),
    "too-many-packages": (
        "这张桌上每轮最多递 {most} 个方案。",
        "At this table {most} packages a round are the most.",
    ),
    "package-shape": (
        "方案 {number} 不完整或越界：{detail}。",
        "Package {number} is incomplete or out of range: {detail}.",
    ),
    "last-stage": ("已经是最后一个阶段。", "This is the last stage."),
    "stage-unfinished": ("离开这个阶段以前还要做完：{what}。", "Before you leave this stage, finish: {what}."),
    "not-at-the-end": (
        "要走到最后一个阶段才能结案；中途退出请选择离席。",
        "A case is closed at the last stage; to stop earlier, walk away.",
    ),
}


class Refused(Exception):
    """The rules refuse a command. `code` is stable; `sentence(lang)` is for the person who asked."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        return self.sentence("en")

    def spoken(self, say: "Callable[[Text, str], str]") -> "Refused":
        """The same refusal, with the variant's numbers in its texts."""
        self.params = {
            key: Text(zh=say(value, "zh"), en=say(value, "en")) if isinstance(value, Text) else value
            for key, value in self.params.items()
        }
        return self

    def sentence(self, lang: str = "zh") -> str:
        """Say it in Chinese (`zh`) or English (`en`). A Text among the params is said in that language."""
        said = {key: _said(value, lang) for key, value in self.params.items()}
        return SENTENCES[self.code][0 if lang == "zh" else 1].format_map(said)


def _said(value: Any, lang: str) -> Any:
    return (getattr(value, lang) or value.zh) if isinstance(value, Text) else value
