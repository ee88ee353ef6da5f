"""Loading: YAML text to a scenario, or to problems that name their line. No aliases, no tags, no code."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from .scenario import Scenario
from .varying import FIXED, SET_WHEN_DRAWN

Path = tuple[str | int, ...]
MOST_CHARACTERS = 1_000_000
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a scenario file: where, which rule, and a whole sentence in both languages."""

    line: int
    path: str
    code: str
    message: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading gives: a scenario, or problems; with the line of every path for later checks."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    lines: dict[Path, int]


class _BadYaml(Exception):
    def __init__(self, line: int, path: Path, code: str, en: str, zh: str) -> None:
        self.problem = Problem(line, dotted(path), code, en, zh)
        super().__init__(en)


def dotted(path: Path) -> str:
    """A path as people write it: `actions.visit.reveals.0`."""
    return ".".join(str(part) for part in path)


def load(text: str) -> Loaded:
    """Read a scenario file."""
    lines: dict[Path, int] = {}
    if len(text) > MOST_CHARACTERS:
        en, zh = "The file is longer than a million characters.", "文件超过一百万个字符。"
        return Loaded(None, (Problem(1, "", "too-long", en, zh),), lines)
    try:
        _shallow(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        data = _built(node, (), lines, set())
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        en, zh = f"This is not YAML: {fault.problem}.", f"这不是合格的 YAML：{fault.problem}。"
        return Loaded(None, (Problem(line, "", "yaml", en, zh),), lines)
    except (yaml.YAMLError, UnicodeEncodeError) as fault:
        en, zh = f"This cannot be read as YAML: {fault}.", f"无法按 YAML 读取：{fault}。"
        return Loaded(None, (Problem(1, "", "yaml", en, zh),), lines)
    except _BadYaml as fault:
        return Loaded(None, (fault.problem,), lines)
    try:
        sc = Scenario.model_validate_json(json.dumps(data))
    except ValidationError as fault:
        return Loaded(None, tuple(_problems(fault, lines)), lines)
    problems = (*_drawn_keys(data, lines), *_of_flavours(sc, lines))
    return Loaded(None if problems else sc, problems, lines)


def _drawn_keys(data: Any, lines: dict[Path, int]) -> Iterator[Problem]:
    for name in SET_WHEN_DRAWN:
        if name in data:
            en = f"“{name}” is set when a variant is drawn, never written."
            yield Problem(lines[name,], name, "set-when-drawn", en, f"“{name}”由抽取变体时设定，不能写在文件里。")


def _of_flavours(sc: Scenario, lines: dict[Path, int]) -> Iterator[Problem]:
    """Every flavour must be a whole case by itself; what is wrong with it stands in its patch."""
    for name, flavour in sc.flavours.items():
        patch: Path = ("flavours", name, "patch")
        for key in flavour.patch:
            if key in FIXED or key in SET_WHEN_DRAWN:
                en, zh = f"A flavour may not change “{key}”.", f"形态不能改动“{key}”。"
                yield Problem(line_of((*patch, key), lines), dotted((*patch, key)), "patch-forbidden", en, zh)
        try:
            sc.flavoured(name)
        except ValidationError as fault:
            yield from _problems(fault, lines, patch)


def _shallow(text: str) -> None:
    """Refuse what is nested so deeply that reading it would only cost."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise _BadYaml(line, (), "too-deep", "This is nested too deeply.", "嵌套太深。")


def _built(node: yaml.Node | None, path: Path, lines: dict[Path, int], met: set[int]) -> Any:
    if node is None:
        raise _BadYaml(1, path, "empty", "The file is empty.", "文件是空的。")
    line = node.start_mark.line + 1
    lines[path] = line
    if id(node) in met:
        raise _BadYaml(
            line, path, "alias", "YAML anchors and aliases are not used here.", "这里不用 YAML 的锚点与别名。"
        )
    met.add(id(node))
    if node.tag.rpartition(":")[2] not in ("map", "seq") and not isinstance(node, yaml.ScalarNode):
        raise _BadYaml(line, path, "tag", "YAML tags are not used here.", "这里不用 YAML 的标签。")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, met)
    if isinstance(node, yaml.SequenceNode):
        return [_built(part, (*path, n), lines, met) for n, part in enumerate(node.value)]
    return _scalar(node, path, line)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int], met: set[int]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _BadYaml(line, path, "key", "A key is one plain word.", "键只能是一个普通的词。")
        key = str(key_node.value)
        if key in built:
            en, zh = f"The key “{key}” stands here twice.", f"键“{key}”在这里出现了两次。"
            raise _BadYaml(line, (*path, key), "duplicate", en, zh)
        built[key] = _built(value_node, (*path, key), lines, met)
        lines[(*path, key)] = line
    return built


def _scalar(node: yaml.Node, path: Path, line: int) -> Any:
    kind, value = node.tag.rpartition(":")[2], str(node.value)
    try:
        match kind:
            case "int":
                return int(value.replace("_", ""))
            case "float":
                return float(value)
            case "bool":
                return value.lower() in ("true", "yes", "on")
            case "null":
                return None
            case "str" | "timestamp":
                return value
    except ValueError:
        pass
    en, zh = f"“{value}” is not a plain value.", f"“{value}”不是普通的值。"
    raise _BadYaml(line, path, "value", en, zh)


def _problems(fault: ValidationError, lines: dict[Path, int], under: Path = ()) -> Iterator[Problem]:
    for error in fault.errors(include_url=False):
        path = (*under, *error["loc"])
        en, zh = _sentences(error["type"], path, error["msg"])
        yield Problem(line_of(path, lines), dotted(path), error["type"], en, zh)


def _sentences(kind: str, path: Path, message: str) -> tuple[str, str]:
    where = dotted(path) or "the file"
    match kind:
        case "missing":
            return f"“{where}” is missing.", f"缺少“{where}”。"
        case "extra_forbidden":
            return (
                f"“{where}” is not known here; look for a misspelt or misplaced key.",
                f"这里没有“{where}”这个键，请检查拼写和位置。",
            )
    return f"“{where}” is not right: {message}.", f"“{where}”不对：{message}。"


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of a path, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
