"""Prints what an environment depends on of the interpreter that runs this, as one JSON object."""
import importlib.metadata
import json
import os
import platform
import sys
import sysconfig

try:
    # Its own list, which has more than packaging's: cp311-none-any.
    from pip._internal.utils.compatibility_tags import get_supported
except ImportError:  # Without pip nothing is installed.
    get_supported = list

packages, requires = {}, {}
for distribution in importlib.metadata.distributions():
    metadata = distribution.metadata  # parsed anew each time it is asked for
    name = metadata["Name"]
    # The first one found on sys.path is the one that an import finds.
    if name and name not in packages:
        packages[name] = metadata["Version"]
        requires[name] = metadata.get_all("Requires-Dist", [])
        if not requires[name] and distribution.read_text("requires.txt"):
            requires[name] = distribution.requires

scheme = "venv" if "venv" in sysconfig.get_scheme_names() else "posix_prefix"
json.dump(
    {
        "implementation": platform.python_implementation(),
        "realPath": os.path.realpath(sys.executable),
        "version": platform.python_version(),
        "abi": sysconfig.get_config_var("SOABI") or "",
        "platform": sysconfig.get_platform(),
        "isVirtualEnvironment": sys.prefix != sys.base_prefix,
        "cacheTag": sys.implementation.cache_tag or "",
        # Where a virtualenv has its packages, inside its folder.
        "sitePackages": os.path.relpath(sysconfig.get_path("purelib", scheme, {"base": "/", "platbase": "/"}), "/"),
        "tags": [str(tag) for tag in get_supported()],
        "searchPath": [entry for entry in sys.path if os.path.isdir(entry)],
        "packages": packages,
        "requires": requires,
        # As pip has them; importing its own would cost as much as all the rest.
        "markerValues": {
            "implementation_name": sys.implementation.name,
            "os_name": os.name,
            "platform_machine": platform.machine(),
            "platform_python_implementation": platform.python_implementation(),
            "platform_system": platform.system(),
            "python_full_version": platform.python_version(),
            "python_version": ".".join(platform.python_version_tuple()[:2]),
            "sys_platform": sys.platform,
        },
    },
    sys.stdout,
)
