"""Lets pip resolve requirements, and prints what it chose as one JSON array; pip's own words go to standard error.

Standard input is {"socket": where the package index listens, "arguments": pip's, "requirements": lines}.
"""
import gc
import json
import os
import socket
import sys
import tempfile
from urllib.parse import unquote, urlsplit

gc.set_threshold(100_000)  # Most resolves are over before there is anything worth collecting.
answer, sys.stdout = sys.stdout, sys.stderr

import pip._internal.commands.install
import pip._internal.network.session
from pip._internal.cli.main import main
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.urllib3.util import connection


def needs_by_name(items, lines):
    """The packages among the items that each of them needs, with the extras that are asked of it."""
    needs = {name: set() for name in items}
    asked = [it for it in map(Requirement, lines) if not it.marker or it.marker.evaluate({"extra": ""})]
    todo = [(canonicalize_name(it.name), extra) for it in asked for extra in it.extras] + [(name, "") for name in items]
    seen = set()
    while todo:
        name, extra = node = todo.pop()
        if node in seen or name not in items:
            continue
        seen.add(node)
        for text in items[name]["metadata"].get("requires_dist", []):
            requirement = Requirement(text)
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            other = canonicalize_name(requirement.name)
            if other in items and other != name:
                needs[name].add(items[other]["metadata"]["name"])
            todo += [(other, wanted) for wanted in requirement.extras]
    return needs


def describe(item, needs):
    # The gateway's addresses end in the hash of the real wheel and its name.
    sha256, file_name = urlsplit(item["download_info"]["url"]).path.split("/")[-2:]
    return {
        "name": item["metadata"]["name"],
        "version": item["metadata"]["version"],
        "fileName": unquote(file_name),
        "sha256": sha256,
        "requested": item["requested"],
        "needs": sorted(needs),
    }


asked = json.load(sys.stdin)


def connect(address, timeout=None, *others, **more):
    index = socket.socket(socket.AF_UNIX)
    index.settimeout(timeout)
    index.connect(asked["socket"])
    return index


# Whatever the address, the index is what answers; there is no network here anyway.
connection.create_connection = connect
# It would run two programs to find out what the index does not want to know.
pip._internal.network.session.user_agent = lambda: "pip"

with tempfile.TemporaryDirectory() as folder:
    lines, report = os.path.join(folder, "requirements.txt"), os.path.join(folder, "report.json")
    with open(lines, "w", encoding="utf-8") as file:
        file.write("\n".join(asked["requirements"]) + "\n")
    code = main(["install", "--dry-run", "--report", report, *asked["arguments"], "-r", lines])
    if code == 0:
        with open(report, encoding="utf-8") as file:
            items = {canonicalize_name(item["metadata"]["name"]): item for item in json.load(file)["install"]}
        needs = needs_by_name(items, asked["requirements"])
        json.dump([describe(item, needs[name]) for name, item in items.items()], answer)
        answer.flush()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)  # Taking everything down in order would cost as much as a small resolve.
