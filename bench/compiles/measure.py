#!/usr/bin/env python3
"""Times compiles of the report of `./verso demo` after a change of its text, and from scratch, through the API:
    python3 bench/compiles/measure.py http://127.0.0.1:3000 PASSWORD
"""
import http.cookiejar
import json
import statistics
import sys
import time
import urllib.request

address, password = sys.argv[1:]
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
token = ""


def call(method, path, body=None):
    content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, content, method=method)
    request.add_header("Content-Type", "application/octet-stream" if isinstance(body, bytes) else "application/json")
    request.add_header("Verso-Antiforgery", token)
    request.add_header("If-Match", "*")
    with opener.open(request) as answer:
        return answer.read()


def sign_in():
    global token
    for body in ({"userName": "demo", "password": password}, None):
        token = json.loads(call("GET", "/api/session"))["antiforgeryToken"]
        if body:
            call("POST", "/api/session", body)


def compile_it(project, wish):
    time.sleep(1.1)  # one a second is allowed
    started = time.perf_counter()
    build = json.loads(call("POST", f"/api/projects/{project}/compile", wish))
    assert build["status"] == "success", build["error"]
    return time.perf_counter() - started


sign_in()
call("POST", "/api/projects", {"name": "Measured", "example": "penguins"})
project = next(p["id"] for p in json.loads(call("GET", "/api/projects")) if p["name"] == "Measured")
report = f"/api/projects/{project}/files/report.qmd"
text = call("GET", report)
compile_it(project, {})
changed, anew = [], []
for i in range(9):
    call("PUT", report, text + f"\nSentence {i}.\n".encode())
    changed.append(compile_it(project, {}))
    anew.append(compile_it(project, {"fromScratch": True}))
    compile_it(project, {})
call("DELETE", f"/api/projects/{project}")
for what, times in ("after a change of text", changed), ("from scratch", anew):
    print(f"{what}: {min(times):.2f} to {max(times):.2f} s, median {statistics.median(times):.2f} s")
