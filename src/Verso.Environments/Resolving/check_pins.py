"""Prints what pip would choose for exact pins, or null where only pip can tell.

Standard input is {"pins": {name: {"version", "requiresPython", "metadata"}}, "base": {name: version}}, all names
normalised. A pin that the base satisfies is left out, as pip leaves it out.
"""
import email
import importlib.metadata
import json
import platform
import sys

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import Version


class OnlyPipCanTell(Exception):
    pass


def insist(condition):
    if not condition:
        raise OnlyPipCanTell


def accepts(specifiers, version):
    return SpecifierSet(specifiers).contains(version, prereleases=True)


class Check:
    def __init__(self, pins, base):
        self.base = base
        self.pins = {name: pin for name, pin in pins.items() if not self.has_in_base(name, "==" + pin["version"])}
        self.metadata = {name: email.message_from_string(pin["metadata"]) for name, pin in self.pins.items()}
        self.needs = {name: set() for name in self.pins}
        for name in self.pins:
            self.check_file(name)
        self.check_closure(pins)

    def has_in_base(self, name, specifiers):
        return name in self.base and accepts(specifiers, self.base[name])

    def check_file(self, name):
        pin, metadata = self.pins[name], self.metadata[name]
        insist(canonicalize_name(metadata["Name"]) == name)
        insist(Version(metadata["Version"]) == Version(pin["version"]))
        for specifiers in (pin["requiresPython"], metadata["Requires-Python"]):
            insist(accepts(specifiers or "", platform.python_version()))

    def check_closure(self, names):
        todo, seen = list(names), set()
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            for other in self.requirements_of(name):
                # Extras, and files at addresses, are pip's business.
                insist(not other.extras and not other.url)
                needed = canonicalize_name(other.name)
                if needed in self.pins:
                    insist(accepts(str(other.specifier), self.metadata[needed]["Version"]))
                    if name in self.pins and needed != name:
                        self.needs[name].add(self.metadata[needed]["Name"])
                else:
                    insist(self.has_in_base(needed, str(other.specifier)))
                todo.append(needed)

    def requirements_of(self, name):
        if name in self.pins:
            lines = self.metadata[name].get_all("Requires-Dist", [])
        else:
            lines = importlib.metadata.distribution(name).requires or []
        for requirement in map(Requirement, lines):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                yield requirement

    def answer(self):
        return [
            {
                "project": name,
                "name": self.metadata[name]["Name"],
                "version": self.metadata[name]["Version"],
                "needs": sorted(needs),
            }
            for name, needs in self.needs.items()
        ]


try:
    answer = Check(**json.load(sys.stdin)).answer()
except Exception:
    # Whatever is odd about these packages, pip has the last word on them, and says it better.
    answer = None
json.dump(answer, sys.stdout)
