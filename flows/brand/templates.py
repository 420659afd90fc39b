"""A company's own templates, checked before anything is scored: a mistake in one must not stop pay half-way.

Every branch is checked for syntax, for filters and names nobody knows, and for what would let a value into a page
unescaped. What only shows when a page is made is found by making one (flows/brand/trial.py).
"""

import re
from collections.abc import Iterable, Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet
from tinycss2.ast import Node

from flows.brand.files import FOLDER
from flows.rendering.environment import environment
from flows.rendering.languages import TEMPLATES
from flows.rendering.look import EXTRA, OURS, Look
from flows.rendering.palette import LIGHT
from flows.yaml_mistakes import nearest
from transforms.errors import ConfigError, Place

FRAMES = {"frame", "medium"}  # a letter is given its frame: subject, plain text or page
GIVEN = {"report", "styles", "code"}  # what a report's page is made with
_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


def require_sound(look: Look) -> None:
    """Check a company's templates and stylesheets.

    Raises:
        ConfigError: the first mistake, with file and line.
    """
    env, names = environment("en", "CNY", look), [name for name, _ in look.files]
    trees = {name: _parsed(env, name, text, set(names)) for name, text in look.files if name.endswith(".j2")}
    known = _packaged() | {str(each) for tree in trees.values() for each in find_referenced_templates(tree)}
    for name in names:
        _require_used(name, known)
    for name, tree in trees.items():
        _require_escaped(name, tree)
        _require_names(name, tree, env)
    for name, text in look.files:
        if name.endswith(".css"):
            _require_style(name, text)


def _packaged() -> set[str]:
    ours = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.suffix in {".j2", ".css"}}
    return ours | {EXTRA}


def _require_used(name: str, known: set[str]) -> None:
    if name not in known:
        guess = nearest(name, known)
        todo = f"did you mean {guess}?" if guess else "name it as the template of ours that it replaces"
        raise mistake("no template of ours has this name, and none of yours includes it", name, todo=todo)


def _parsed(env: Environment, name: str, text: str, own: set[str]) -> nodes.Template:
    try:
        tree = env.parse(text, name)
        env.compile(tree, name)
    except TemplateSyntaxError as error:
        raise mistake(f"the template cannot be read: {error.message}", name, error.lineno) from None
    for each in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        _require_there(name, each, _packaged() | {f"{OURS}/{ours}" for ours in _packaged()} | own)
    return tree


def _require_there(name: str, tag: nodes.Node, known: set[str]) -> None:
    wanted = getattr(tag, "template", None)
    if isinstance(wanted, nodes.Name) and wanted.name in FRAMES:
        return
    if not isinstance(wanted, nodes.Const):
        raise mistake("a template is named by an expression", name, tag.lineno, "write its name in quotes")
    if wanted.value == name:
        raise mistake("the template extends itself", name, tag.lineno, f"ours is '{OURS}/{name}'")
    if wanted.value not in known:
        guess = nearest(wanted.value, known)
        what = f"there is no template '{wanted.value}'"
        raise mistake(what, name, tag.lineno, f"did you mean '{guess}'?" if guess else "")


def _require_escaped(name: str, tree: nodes.Template) -> None:
    """Nothing may reach a page as it is but our own styles."""
    for each in tree.find_all(nodes.Filter):
        if each.name == "safe" and not (isinstance(each.node, nodes.Name) and each.node.name == "styles"):
            raise mistake("the filter 'safe' is not allowed", name, each.lineno, "values are escaped; leave it out")
    for switch in tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
        raise mistake("escaping cannot be switched off", name, switch.lineno, "remove the autoescape tag")


def _require_names(name: str, tree: nodes.Template, env: Environment) -> None:
    known = GIVEN | env.globals.keys() | _known_to_ours(name, env)
    for unknown in sorted(find_undeclared_variables(tree) - known):
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == unknown), 1)
        guess = nearest(unknown, known)
        raise mistake(f"nobody knows the name '{unknown}'", name, line, f"did you mean '{guess}'?" if guess else "")


def _known_to_ours(name: str, env: Environment) -> set[str]:
    """What our template of this name is made with, and what it and the frame of every report import."""
    texts = [(TEMPLATES / ours).read_text("utf-8") for ours in {name, "base.html.j2"} if (TEMPLATES / ours).is_file()]
    trees = [env.parse(text) for text in texts]
    imported = {each.target for tree in trees for each in tree.find_all(nodes.Import)}
    return {"self", "super", "caller"}.union(imported, *(find_undeclared_variables(tree) for tree in trees))


def _require_style(name: str, text: str) -> None:
    if "<" in text:
        line = text[: text.index("<")].count("\n") + 1
        raise mistake("a stylesheet may not hold '<'", name, line, "it would end the styles of the page")
    for line, told in _style_mistakes(parse_stylesheet(text)):
        raise mistake(f"the stylesheet cannot be read: {told}", name, line)
    for found in _VARIABLE.finditer(text):
        if found[1] not in LIGHT:
            line = text[: found.start()].count("\n") + 1
            raise mistake(f"there is no colour --{found[1]}", name, line, f"there are: {', '.join(LIGHT)}")


def _style_mistakes(rules: Iterable[Node]) -> Iterator[tuple[int, str]]:
    """Where a stylesheet is not CSS; a browser and the PDF would leave such rules out without a word."""
    for rule in rules:
        tokens = [rule, *getattr(rule, "prelude", ())]
        yield from ((each.source_line, each.message) for each in tokens if each.type == "error")
        if rule.type == "qualified-rule":
            yield from _style_mistakes(parse_blocks_contents(rule.content))
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            yield from _style_mistakes(parse_rule_list(rule.content or ()))


def mistake(
    what: str, name: str, line: int | None = None, todo: str = "mend the template, or remove it"
) -> ConfigError:
    """An error in a file of the company's templates."""
    return ConfigError(what, where=Place(str(FOLDER / name), line), todo=todo or "mend the template, or remove it")
