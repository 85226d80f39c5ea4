"""Says which imports of documents the interpreter that runs this cannot satisfy. Imports nothing of what it looks for.

Standard input: {"project": "/…", "documents": [{"directory": "/…", "cells": [{"cell": 0, "source": "…"}, …]}, …]}
Standard output: {"missing": [{"document": 0, "cell": 0, "file": null, "line": 3, "module": "cv2", "certain": true}, …],
                  "openPaths": [0]}
cell and its line are those of the document; file (relative to the project) and its line take their place in a module of
the project's own. An import is not certain when it stands in a function, which may never be called. openPaths are the
documents that change sys.path in a way that cannot be read from their text.
"""
import sys

sys.path.pop(0)  # A project's own modules must not stand in for the ones that are needed here.

import ast
import importlib.machinery
import importlib.util
import json
import os
import re

MAX_FILES = 500
MAX_BYTES = 1 << 20
CATCHES = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
NAMESPACES = {"azure", "google"}  # many packages share them
TIMING = {"time", "timeit", "capture", "prun"}  # cell magics over Python code


def plain(source):
    """The cell without IPython's additions to the language, line by line; None when it is of another language."""
    lines = source.split("\n")
    magic = re.match(r"%%(\w+)", lines[0])
    if magic and magic[1] not in TIMING:
        return None
    special = re.compile(r"(\s*)(?:[%!?]|[\w, ]+=\s*[!%]|[\w.]+\?{1,2}\s*$)")
    return "\n".join(f"{found[1]}pass" if (found := special.match(line)) else line for line in lines)


def parse(source):
    for text in (source, plain(source)):
        try:
            if text is not None and not text.startswith("%%"):
                return compile(text, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass  # the cell itself will say so
    return None


def names_of(node):
    if isinstance(node, ast.Tuple):
        return {name for element in node.elts for name in names_of(element)}
    return {node.id} if isinstance(node, ast.Name) else {node.attr} if isinstance(node, ast.Attribute) else set()


def catches(handler):
    if any(isinstance(statement, ast.Raise) for statement in handler.body):
        return False  # it only words the fault otherwise
    return handler.type is None or bool(names_of(handler.type) & CATCHES)


class Paths(ast.NodeVisitor):
    """What a document's code adds to sys.path."""

    def __init__(self):
        self.added, self.open = [], False

    def visit_Call(self, node):
        if ast.unparse(node.func) in ("sys.path.append", "sys.path.insert") and node.args:
            path = node.args[-1]
            if isinstance(path, ast.Constant) and isinstance(path.value, str):
                self.added.append(path.value)
            else:
                self.open = True
        self.generic_visit(node)

    def visit_Attribute(self, node):
        self.open |= isinstance(node.ctx, ast.Store) and ast.unparse(node) == "sys.path"
        self.open |= ast.unparse(node) in ("sys.path.extend", "site.addsitedir", "os.chdir")


class Imports(ast.NodeVisitor):
    def __init__(self, ask):
        self.ask = ask  # (module, names, line, level, certain) -> whether all of it is there
        self.certain = True
        self.quiet = False
        self.complete = True

    def asked(self, module, names, node, level=0):
        self.complete &= self.ask(module, names, node.lineno, level, self.certain, self.quiet)

    def visit_Import(self, node):
        for alias in node.names:
            self.asked(alias.name, [], node)

    def visit_ImportFrom(self, node):
        self.asked(node.module or "", [alias.name for alias in node.names], node, node.level)

    def visit_all(self, nodes):
        for node in nodes:
            self.visit(node)

    def within(self, nodes, **state):
        before = {name: getattr(self, name) for name in state}
        vars(self).update(state)
        self.visit_all(nodes)
        result = {name: getattr(self, name) for name in state}
        vars(self).update(before)
        return result

    def visit_Try(self, node):
        caught = [handler for handler in node.handlers if catches(handler)]
        if not caught:
            return self.generic_visit(node)
        if self.within(node.body, quiet=True, complete=True)["complete"]:
            self.visit_all(node.orelse)
        else:
            for handler in caught:
                self.visit_all(handler.body)
        self.visit_all(node.finalbody)

    visit_TryStar = visit_Try

    def visit_If(self, node):
        test = ast.unparse(node.test)
        if "TYPE_CHECKING" in test or isinstance(node.test, ast.Constant) and not node.test.value:
            self.visit_all(node.orelse)
        elif test == "__name__ == '__main__'" or isinstance(node.test, ast.Constant):
            self.visit_all(node.body)
        # Of others nobody knows which branch is taken.

    def visit_With(self, node):
        if not any("suppress" in ast.unparse(item.context_expr) for item in node.items):
            self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self.within(node.body, certain=False)

    visit_AsyncFunctionDef = visit_FunctionDef


class Checker:
    def __init__(self, project):
        self.project = os.path.realpath(project)
        self.path = list(sys.path)
        self.missing, self.open_paths = [], []
        self.files, self.seen = set(), set()

    def check(self, number, document):
        trees, written, paths = [], set(), Paths()
        for cell in document["cells"]:
            if file := re.match(r"%%(?:writefile|file)\s+(?:-a\s+)?(\w+)\.py\s*$", cell["source"].split("\n")[0]):
                written.add(file[1])
            elif (tree := parse(cell["source"])) is not None:
                trees.append((cell["cell"], tree))
                paths.visit(tree)
        directory = document["directory"]
        sys.path[:] = [directory, *(os.path.join(directory, added) for added in paths.added), *self.path]
        if paths.open:
            self.open_paths.append(number)
        for cell, tree in trees:
            self.read(tree, {"document": number, "cell": cell, "file": None}, directory, written, True)

    def read(self, tree, place, folder, written, certain):
        def ask(module, names, line, level, is_certain, quiet):
            if level:
                self.follow_relative(module, names, level, folder, place["document"], written, certain and is_certain)
                return True
            if module.split(".")[0] in written:
                return True
            gone = self.gone(module, names, place["document"], written, certain and is_certain)
            if gone == module and module.split(".")[0] in NAMESPACES and names:
                gone = f"{module}.{names[0]}"  # whose name alone tells which package it is
            if gone and not quiet:
                self.report(gone, line, place, certain and is_certain)
            return not gone

        Imports(ask).visit(tree)

    def report(self, module, line, place, certain):
        key = (place["file"] or place["document"], module)
        if key not in self.seen:
            self.seen.add(key)
            self.missing.append({**place, "line": line, "module": module, "certain": certain})

    def gone(self, module, names, document, written, certain):
        """The dotted name of what is not there; None when all of it is, as far as anybody can tell without importing it."""
        parts = module.split(".")
        try:
            spec = importlib.util.find_spec(parts[0])
        except (ValueError, ImportError, AttributeError):
            return None  # one of those that are loaded already
        if spec is None:
            return module
        origin = os.path.realpath(spec.origin) if spec.origin and spec.has_location else ""
        if origin.startswith(self.project + os.sep):
            base = os.path.splitext(origin)[0].removesuffix(os.sep + "__init__")
            for file in [origin, *(os.path.join(base, *parts[1:], *more) + ".py" for more in [[], *([name] for name in names)])]:
                self.follow(file, document, written, certain)
            return None
        for depth in range(2, len(parts) + 1):
            if (locations := namespace(spec)) is None:
                return None
            if (spec := importlib.machinery.PathFinder.find_spec(".".join(parts[:depth]), locations)) is None:
                return module
        if (locations := namespace(spec)) is not None:
            for name in names:
                if name != "*" and importlib.machinery.PathFinder.find_spec(f"{module}.{name}", locations) is None:
                    return f"{module}.{name}"
        return None

    def follow_relative(self, module, names, level, folder, document, written, certain):
        for _ in range(level - 1):
            folder = os.path.dirname(folder)
        base = os.path.join(folder, *module.split("."))
        for file in [base + ".py", os.path.join(base, "__init__.py"), *(os.path.join(base, name + ".py") for name in names)]:
            self.follow(os.path.realpath(file), document, written, certain)

    def follow(self, file, document, written, certain):
        if (
            file in self.files
            or len(self.files) >= MAX_FILES
            or not file.startswith(self.project + os.sep)
            or not os.path.isfile(file)
            or os.path.getsize(file) > MAX_BYTES
        ):
            return
        self.files.add(file)
        try:
            with open(file, encoding="utf-8") as text:
                tree = ast.parse(text.read())
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            return
        place = {"document": document, "cell": None, "file": os.path.relpath(file, self.project)}
        self.read(tree, place, os.path.dirname(file), written, certain)


def namespace(spec):
    """The folders of a namespace package; of any other nobody knows what its code defines."""
    if spec.submodule_search_locations is None or spec.origin is not None:
        return None
    # Iterating it would look for the parent among the imported modules.
    return list(getattr(spec.submodule_search_locations, "_path", spec.submodule_search_locations))


def main():
    request = json.load(sys.stdin)
    checker = Checker(request["project"])
    for number, document in enumerate(request["documents"]):
        checker.check(number, document)
    json.dump({"missing": checker.missing, "openPaths": checker.open_paths}, sys.stdout)


main()
