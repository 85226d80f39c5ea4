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
    from pip._vendor.packaging.markers import default_environment
except ImportError:  # Without pip nothing is installed.
    get_supported = list
    default_environment = dict

packages, requires = {}, {}
for distribution in importlib.metadata.distributions():
    name = distribution.metadata["Name"]
    # The first one found on sys.path is the one that an import finds.
    if name and name not in packages:
        packages[name] = distribution.version
        requires[name] = distribution.requires or []

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
        "markerValues": default_environment(),
    },
    sys.stdout,
)
