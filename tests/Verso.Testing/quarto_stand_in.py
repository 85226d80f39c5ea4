#!/usr/bin/python3 -I
"""
Stands in for Quarto where it cannot be installed: does what stand-in.json in the working directory says, and writes to
called.json how it was called.

stand-in.json holds, all optional:
  stderr    what is printed
  log       what is written to the file of --log
  files     what is made: text by path
  remove    paths of what is removed
  python    a program for the interpreter of QUARTO_PYTHON, as Quarto runs one to supervise the kernel
  exitCode
"""

import json
import os
import pathlib
import subprocess
import sys

if sys.argv[1:] == ["--version"]:
    print((pathlib.Path(__file__).parent.parent / "share/version").read_text().strip())
    sys.exit()

home = pathlib.Path(os.environ["HOME"])
pathlib.Path("called.json").write_text(
    json.dumps(
        {
            "arguments": sys.argv[1:],
            "environment": dict(os.environ),
            "directory": os.getcwd(),
            "home": sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()),
        }
    )
)
(home / "kept").write_text("")

case = json.loads(pathlib.Path("stand-in.json").read_text())
for path in case.get("remove", []):
    pathlib.Path(path).unlink()
for path, text in case.get("files", {}).items():
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_text(text)
if "log" in case:
    pathlib.Path(sys.argv[sys.argv.index("--log") + 1]).write_text(case["log"])
sys.stderr.write(case.get("stderr", ""))
sys.stderr.flush()
if "python" in case:
    subprocess.run([os.environ["QUARTO_PYTHON"], "-c", case["python"]], check=True)
sys.exit(case.get("exitCode", 0))
