"""Prints what an environment depends on of the interpreter that runs this, as one JSON object."""
import importlib.metadata
import json
import os
import platform
import sys
import sysconfig

packages = {}
for distribution in importlib.metadata.distributions():
    name = distribution.metadata["Name"]
    # The first one found on sys.path is the one that an import finds.
    if name and name not in packages:
        packages[name] = distribution.version

json.dump(
    {
        "implementation": platform.python_implementation(),
        "realPath": os.path.realpath(sys.executable),
        "version": platform.python_version(),
        "abi": sysconfig.get_config_var("SOABI") or "",
        "platform": sysconfig.get_platform(),
        "isVirtualEnvironment": sys.prefix != sys.base_prefix,
        "searchPath": [entry for entry in sys.path if os.path.isdir(entry)],
        "packages": packages,
    },
    sys.stdout,
)
