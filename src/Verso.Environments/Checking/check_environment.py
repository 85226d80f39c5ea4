"""Looks for what would surprise the first render: modules that do not import, and packages of the base that no longer fit.

Reads {"packages": {name: [module]}, "replaced": {name: version}} from standard input; prints {"failed": [{package,
module, error, message}], "misfits": {name of replaced: [names]}}. Each import is tried in a process of its own, so that
none can spoil another's.
"""
import importlib
import importlib.metadata
import json
import os
import re
import select
import signal
import sys
import time

SECONDS_PER_MODULE = 20
LONGEST_ANSWER = 65536
seconds_left = 120  # for all of them
# What documents build on. Debian's metadata does not always say what these need.
CURATED = {"ipykernel", "matplotlib", "numpy", "pandas", "plotly", "scikit-learn", "scipy", "seaborn", "sympy", "tabulate"}


def normalize(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def failure_of(module):
    """The error that importing a module ends with, as (type, message), or None. The import may leave processes behind
    that hold the pipe, or never end: what counts is its answer, within its time."""
    global seconds_left
    if seconds_left <= 0:
        return None
    started = time.monotonic()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try_import(module, reading, writing)
    os.close(writing)
    answer = b""
    while not answer.endswith(b"\n") and len(answer) < LONGEST_ANSWER:
        left = min(SECONDS_PER_MODULE, seconds_left) - (time.monotonic() - started)
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            answer = b"null\n"  # It is slow, not broken.
            break
        piece = os.read(reading, LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    os.close(reading)
    if answer:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    seconds_left -= time.monotonic() - started
    if answer:
        return json.loads(answer)
    return "Crash", f"the interpreter died ({signal.strsignal(os.WTERMSIG(status)) or status})"


def try_import(module, reading, writing):
    os.close(reading)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    signal.alarm(SECONDS_PER_MODULE * 2)  # should it close the pipe and go on
    try:
        importlib.import_module(module)
        answer = None
    except BaseException as error:
        answer = (type(error).__name__[:200], str(error)[:2000])
    os.write(writing, json.dumps(answer).encode() + b"\n")
    os._exit(0)


def modules_of(distribution):
    """The modules of a distribution that came with the system: what its top_level.txt says, or else its files."""
    listed = distribution.read_text("top_level.txt")
    if listed is not None:
        return listed.split()
    tops = {file.parts[0] for file in distribution.files or [] if file.suffix == ".py"}
    return sorted({top.removesuffix(".py") for top in tops if top.removesuffix(".py").isidentifier()})


def misfits(replaced):
    """Packages of the base that were made for versions of others that are hidden now."""
    try:
        from pip._vendor.packaging.requirements import InvalidRequirement, Requirement
    except ImportError:
        return {}
    found = {}
    seen = set()
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if not name or normalize(name) in seen:
            continue
        seen.add(normalize(name))
        if str(distribution.locate_file("")).startswith(sys.prefix + os.sep):
            continue
        needs = {}
        for line in distribution.requires or []:
            try:
                requirement = Requirement(line)
            except InvalidRequirement:
                continue
            other = normalize(requirement.name)
            if other in replaced and (not requirement.marker or requirement.marker.evaluate({"extra": ""})):
                needs[other] = requirement.specifier
        unfit = [other for other, wanted in needs.items() if not wanted.contains(replaced[other], prereleases=True)]
        if not unfit and (needs or normalize(name) in CURATED):
            broken = " ".join(filter(None, (message_of(module) for module in modules_of(distribution))))
            unfit = [other for other in replaced if broken and (other in needs or mentions(broken, other))]
        for other in unfit:
            found.setdefault(other, []).append(name)
    return {other: sorted(names) for other, names in found.items()}


def message_of(module):
    failure = failure_of(module)
    return failure and failure[1]


def mentions(message, package):
    return re.search(rf"\b{re.escape(package)}\b", normalize(message)) is not None


def main():
    asked = json.load(sys.stdin)
    failed = []
    for package, modules in asked["packages"].items():
        for module in modules:
            failure = failure_of(module)
            if failure:
                error, message = failure
                failed.append({"package": package, "module": module, "error": error, "message": message})
    json.dump({"failed": failed, "misfits": misfits(asked["replaced"]) if asked["replaced"] else {}}, sys.stdout)


main()
