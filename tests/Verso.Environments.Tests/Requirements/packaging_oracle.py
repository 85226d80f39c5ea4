"""Reads [{"line", "canonical"}] and says of each what Python's packaging makes of both texts.

Several lines of the corpus make packaging raise more than InvalidRequirement, so any exception is a refusal.
"""
import json
import re
import sys

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pip._vendor.packaging.requirements import Requirement as PipRequirement

COMMENT = re.compile(r"(^|\s+)#.*$", re.DOTALL)  # pip's own


def parse(text, parser=Requirement):
    try:
        requirement = parser(text)
    except Exception:
        return None
    return {
        "name": canonicalize_name(requirement.name),
        "extras": sorted({canonicalize_name(extra) for extra in requirement.extras}),
        "specifiers": sorted({str(specifier).lower() for specifier in requirement.specifier}),
        "marker": str(requirement.marker or ""),
    }


def answer(case):
    # A byte order mark may begin a file, and nothing but plain white space is trimmed.
    text = COMMENT.sub("", case["line"].removeprefix("\ufeff")).strip(" \t\r")
    canonical = case["canonical"]
    return {
        "text": text,
        "meaning": parse(text),
        "ofCanonical": canonical and parse(canonical),
        "ofCanonicalToPip": canonical and parse(canonical, PipRequirement),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
