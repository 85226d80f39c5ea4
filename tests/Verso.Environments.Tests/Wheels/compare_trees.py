"""Compares what pip made of wheels with what Verso made of them: compare_trees.py PIP OURS. Prints each difference."""
import hashlib
import marshal
import os
import stat
import sys
from base64 import urlsafe_b64encode

UNCHECKED_HASH = (1).to_bytes(4, "little")


def entries(root):
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            yield os.path.relpath(path, root), path


def row(installer):
    digest = urlsafe_b64encode(hashlib.sha256(installer).digest()).rstrip(b"=").decode()
    return f"INSTALLER,sha256={digest},{len(installer)}".encode()


def content(path, name, ours):
    with open(path, "rb") as file:
        data = file.read()
    # Who installed it is the one thing that is meant to differ.
    if name.endswith(".dist-info/INSTALLER"):
        return data.replace(b"pip\n", b"verso\n")
    if name.endswith(".dist-info/RECORD"):
        return data.replace(row(b"pip\n"), row(b"verso\n"))
    if name.endswith(".pyc") and len(data) > 16:
        if ours and data[4:8] != UNCHECKED_HASH:
            return "compiled with times"
        return data[:4], marshal.loads(data[16:])
    return data


pips, ours = (dict(entries(root)) for root in sys.argv[1:])
for name in sorted(pips.keys() | ours.keys()):
    if name not in ours or name not in pips:
        print("only", "pip's" if name in pips else "ours", name)
        continue
    theirs, mine = (os.lstat(tree[name]).st_mode for tree in (pips, ours))
    if theirs != mine:
        print("mode", name, oct(theirs), oct(mine))
    elif stat.S_ISLNK(mine):
        if os.readlink(pips[name]) != os.readlink(ours[name]):
            print("target", name)
    elif stat.S_ISREG(mine) and content(pips[name], name, False) != content(ours[name], name, True):
        print("content", name)
print("compared", len(pips))
