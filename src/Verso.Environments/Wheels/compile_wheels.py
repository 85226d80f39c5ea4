"""Compiles modules: standard input has a JSON list of [source, target]. One that is no Python is passed over."""
import importlib.util
import json
import marshal
import os
import sys
import warnings

# Files of the store never change, and nothing about their times is kept: unchecked, by hash (PEP 552).
HEADER = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little")


def compile_all(jobs):
    for source, target in jobs:
        try:
            with open(source, "rb") as file:
                text = file.read()
            code = compile(text, source, "exec", dont_inherit=True)
            # What py_compile writes, without its temporary file: whoever collects these waits for the end.
            compiled = HEADER + importlib.util.source_hash(text) + marshal.dumps(code)
        except Exception:
            continue
        with open(target, "xb") as file:
            file.write(compiled)


warnings.filterwarnings("ignore")
jobs = json.load(sys.stdin)
workers = min(len(os.sched_getaffinity(0)), 4, len(jobs))
children = []
for worker in range(1, workers):
    child = os.fork()
    if child == 0:
        compile_all(jobs[worker::workers])
        os._exit(0)
    children.append(child)
compile_all(jobs[0::max(workers, 1)])
if any(os.waitpid(child, 0)[1] for child in children):
    sys.exit("a compiling process crashed")
