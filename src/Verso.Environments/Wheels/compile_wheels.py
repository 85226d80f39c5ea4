"""Compiles modules: standard input has a JSON list of [source, target]. One that is no Python is passed over."""
import json
import os
import py_compile
import sys
import warnings


def compile_all(jobs):
    for source, target in jobs:
        try:
            py_compile.compile(
                source,
                target,
                doraise=True,
                # Files of the store never change, and nothing about their times is kept.
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except Exception:
            pass


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
