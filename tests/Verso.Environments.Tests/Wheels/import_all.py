"""Imports each module that is named, one after the other, and says what came of it."""
import importlib
import sys
import warnings

warnings.simplefilter("ignore")
for name in sys.argv[1:]:
    try:
        module = importlib.import_module(name)
        print(name, getattr(module, "__file__", None))
    except BaseException as error:
        print(name, type(error).__name__, error)
