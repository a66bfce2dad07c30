"""What the source says of operations: which of them write rows, and which write the journal."""

import ast
from collections.abc import Iterator, Mapping

from tests.docs.tables import ROOT

Place = tuple[str, str]  # module, function or class

# Names under which the journal is written, and rows of everything else.
JOURNAL = frozenset({"record", "record_many", "record_each"})
_WRITES = frozenset(
    {
        *("save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"),
        *("delete", "insert_rows"),
    }
)
_SQL = ("INSERT INTO", "UPDATE ", "DELETE FROM")


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours, by its dotted name."""
    src = ROOT / "src"
    for path in sorted((src / "evenhand").rglob("*.py")):
        name = ".".join(path.relative_to(src).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


class Source:
    """Functions and classes, and what each of them names of the others."""

    def __init__(self, modules: Mapping[str, ast.Module]) -> None:
        self.nodes: dict[Place, ast.AST] = {}
        self._imports: dict[str, dict[str, Place]] = {}
        for module, tree in modules.items():
            self._imports[module] = dict(_imports(tree))
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    self.nodes[module, node.name] = node
        self._names = {place: _names(node) for place, node in self.nodes.items()}
        self._changing = {place for place, node in self.nodes.items() if _changes(node)}

    def operations(self) -> list[Place]:
        """Every public function of an `operations` package or module."""
        return sorted(
            place
            for place, node in self.nodes.items()
            if "operations" in place[0].split(".")
            and not place[0].startswith("evenhand.journal")
            and isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
        )

    def writes_rows(self, place: Place) -> bool:
        """Whether a function or what it names in its own module changes rows."""
        return bool(self._changing & self._reached(place, same_module=True))

    def writes_journal(self, place: Place) -> bool:
        """Whether a function, or something that it leads to, writes an event."""
        return any(
            self._imports[at[0]].get(name) == ("evenhand.journal.operations", name)
            for at in self._reached(place, same_module=False)
            for name in JOURNAL & self._names[at]
        )

    def _reached(self, place: Place, *, same_module: bool) -> set[Place]:
        seen, left = {place}, [place]
        while left:
            module, _ = at = left.pop()
            for name in self._names[at]:
                target = self._imports[module].get(name, (module, name))
                is_near = target[0] == module or not same_module
                if target in self.nodes and target not in seen and is_near:
                    seen.add(target)
                    left.append(target)
        return seen


def _names(node: ast.AST) -> frozenset[str]:
    return frozenset(one.id for one in ast.walk(node) if isinstance(one, ast.Name))


def _imports(tree: ast.Module) -> Iterator[tuple[str, Place]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                yield name.asname or name.name, (node.module, name.name)


def _changes(node: ast.AST) -> bool:
    return any(_is_write(one) or _is_sql(one) for one in ast.walk(node))


def _is_write(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in _WRITES
    if not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr == "update":
        # Of a query; sets, dictionaries and digests have one as well.
        return any(keyword.arg for keyword in node.keywords) or _is_of_query(node.func.value)
    return node.func.attr in _WRITES


def _is_of_query(node: ast.expr) -> bool:
    return any(
        isinstance(one, ast.Attribute) and one.attr in ("objects", "filter", "exclude")
        for one in ast.walk(node)
    )


def _is_sql(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(word in node.value for word in _SQL)
    )


def silent(source: Source) -> list[str]:
    """Operations that change rows and write no event, as `package.operations.file.function`."""
    return [
        ".".join(place).removeprefix("evenhand.")
        for place in source.operations()
        if source.writes_rows(place) and not source.writes_journal(place)
    ]
