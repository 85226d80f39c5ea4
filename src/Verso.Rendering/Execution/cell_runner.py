"""Runs a document's cells in one IPython shell and tells what they do.

Standard input: {"figureWidth": 7.0, "figureHeight": 5.0, "figureFormats": ["retina"], "steps": [
                    {"cell": 0, "source": "…", "figureWidth": 7.0, "figureHeight": 5.0, "continueOnError": false}
                    | {"inline": 0, "source": "…"}, …]}
Standard output: one JSON object a line, with an "event": started (a cell or an inline expression), output (of a
cell), library (a script that outputs refer to by name), inline, done. Outputs have nbformat's shapes, with strings
alone. What the cells print never mixes with the events: file descriptors 1 and 2 are replaced before any of their
code runs.
"""
import sys

sys.path.pop(0)  # A document's own modules must not stand in for the ones that are needed here.

import base64
import builtins
import codecs
import contextlib
import fcntl
import gc
import io
import json
import os
import re
import tempfile
import threading
import traceback
import types
import warnings

MAX_STREAM_CHARS = 1_000_000  # of one cell, after which its text is cut


class Descriptor:
    """What C code and child processes print: file descriptor 1 or 2, led into an unlinked file."""

    def __init__(self, number):
        self.file = tempfile.TemporaryFile()
        self.told = 0
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        # Every write goes to the end, so that reading disturbs no writer.
        flags = fcntl.fcntl(self.file, fcntl.F_GETFL)
        fcntl.fcntl(self.file, fcntl.F_SETFL, flags | os.O_APPEND)
        os.dup2(self.file.fileno(), number)

    def news(self):
        size = os.fstat(self.file.fileno()).st_size
        if size <= self.told:
            return ""
        data = os.pread(self.file.fileno(), min(size - self.told, 4 * MAX_STREAM_CHARS + 4), self.told)
        self.told = size
        return self.decode(data)


class Reporter:
    """Where everything that a cell shows goes, in order."""

    def __init__(self):
        # A lone surrogate is no text that anybody else could read.
        self.events = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
        self.descriptors = {"stdout": Descriptor(1), "stderr": Descriptor(2)}
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        self.owner = os.getpid()
        self.lock = threading.RLock()
        self.cell = None
        self.failed = False
        self.clear_due = False
        self.pending = []  # (stream, text) not told yet
        self.pending_chars = 0
        self.stream_chars = 0

    @property
    def is_owner(self):
        """False in a forked child, which has no say in the events."""
        return os.getpid() == self.owner

    def tell(self, event, **data):
        if self.is_owner:
            with self.lock:
                self.events.write(json.dumps({"event": event, **data}, ensure_ascii=False) + "\n")
                self.events.flush()

    def begin(self, **step):
        with self.lock:
            self.end()
            self.cell = step.get("cell")
            self.failed = self.clear_due = False
            self.stream_chars = 0
            self.tell("started", **step)

    def end(self):
        with self.lock:
            self.drain_descriptors()
            self.flush()

    def stream(self, name, text):
        with self.lock:
            if self.stream_chars <= MAX_STREAM_CHARS:
                self.drain_descriptors()
                self.append(name, text)

    def append(self, name, text):
        room = MAX_STREAM_CHARS - self.stream_chars
        if room < 0 or not text or self.cell is None:
            return
        self.stream_chars += len(text)
        if len(text) > room:
            text = text[:room] + "\n… (the rest of this cell's output was cut)\n"
        if self.pending and self.pending[-1][0] != name:
            self.flush()
        self.pending.append((name, text))
        self.pending_chars += len(text)
        if self.pending_chars > 65536:
            self.flush()

    def drain_descriptors(self):
        for name, descriptor in self.descriptors.items():
            self.append(name, descriptor.news())

    def flush(self):
        if self.pending:
            text = "".join(text for _, text in self.pending)
            name = self.pending[0][0]
            self.pending, self.pending_chars = [], 0
            self.tell_output({"output_type": "stream", "name": name, "text": text})

    def output(self, output):
        if not self.is_owner:
            return
        with self.lock:
            self.end()
            self.tell_output(output)

    def tell_output(self, output):
        if self.cell is None:
            return
        if self.clear_due:
            self.clear_due = False
            self.tell("output", cell=self.cell, output={"output_type": "clear"})
        self.tell("output", cell=self.cell, output=output)

    def display(self, output_type, data, metadata, **more):
        texts = {mime: as_text(value) for mime, value in data.items() if isinstance(value, (str, bytes))}
        if texts:
            width = image_width(metadata or {})
            self.output({"output_type": output_type, "data": texts, **({"width": width} if width else {}), **more})

    def error(self, error, lines=(), cells=()):
        self.failed = True
        self.output(
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": message_of(error),
                "traceback": "\n".join(lines),
                "frames": frames_in_cells(error, cells),
                "module": missing_module(error),
            }
        )

    def clear(self, wait):
        if not self.is_owner:
            return
        with self.lock:
            self.end()
            self.stream_chars = 0
            if wait:
                self.clear_due = True
            else:
                self.tell_output({"output_type": "clear"})


class Stream(io.TextIOBase):
    """Stands in for sys.stdout and sys.stderr."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, name, descriptor, reporter):
        self.name, self.descriptor, self.reporter = f"<{name}>", descriptor, reporter
        self.stream = name
        self.buffer = os.fdopen(os.dup(descriptor), "wb", buffering=0)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.reporter.is_owner:
            self.reporter.stream(self.stream, text)
        else:
            self.buffer.write(text.encode("utf-8", "replace"))
        return len(text)

    def fileno(self):
        return self.descriptor

    def writable(self):
        return True

    def reconfigure(self, **_):
        pass


def as_text(value):
    return value if isinstance(value, str) else base64.b64encode(value).decode()


def image_width(metadata):
    """In CSS pixels, where a display says so."""
    for data in metadata.values():
        width = data.get("width") if isinstance(data, dict) else None
        if isinstance(width, (int, float)) and 0 < width < 100_000:
            return round(width)
    return None


def message_of(error):
    try:
        return str(error)
    except Exception as fault:
        return f"(its message cannot be shown: {type(fault).__name__})"


@contextlib.contextmanager
def without_terminal():
    """Imports of IPython leave out what only somebody at a terminal needs, which is a third of them."""
    terminal = types.ModuleType("IPython.terminal.embed")
    terminal.embed = lambda *_, **__: refuse_input()
    left_out = {"IPython.terminal.embed": terminal, "jedi": None}
    sys.modules.update(left_out)
    yield
    for name, module in left_out.items():
        if sys.modules.get(name) is module:
            del sys.modules[name]


def make_shell(reporter, figure_formats):
    from IPython.core.compilerop import CachingCompiler
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            reporter.display("execute_result", format_dict, md_dict)

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **kwargs):
            name = (transient or {}).get("display_id")
            reporter.display("display_data", data, metadata, id=str(name) if name else None, update=update)

        def clear_output(self, wait=False):
            reporter.clear(wait)

    class Compiler(CachingCompiler):
        cells = {}  # file name of a cell's code -> cell

        def cache(self, transformed_code, number=0, raw_code=None):
            name = super().cache(transformed_code, number, raw_code)
            self.cells[name] = reporter.cell
            return name

    class Shell(InteractiveShell):
        def _showtraceback(self, etype, evalue, stb):
            reporter.error(evalue, [str(line) for line in stb], Compiler.cells)

        def system(self, cmd):
            import subprocess

            command = self.var_expand(cmd, depth=1)
            self.user_ns["_exit_code"] = subprocess.call(command, shell=True, stdin=subprocess.DEVNULL)

        def enable_gui(self, gui=None):
            pass  # asked for by %matplotlib inline, which needs none

        def ask_exit(self):
            raise SystemExit

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    config.InlineBackend.figure_formats = set(figure_formats)
    config.InlineBackend.rc = {"figure.dpi": 96, "savefig.dpi": "figure"}
    return Shell.instance(
        config=config, displayhook_class=Hook, display_pub_class=Publisher, compiler_class=Compiler
    )


def frames_in_cells(error, cells):
    """The places of the document that an error passed through, innermost last."""
    if isinstance(error, SyntaxError) and error.filename in cells:
        return [{"cell": cells[error.filename], "line": error.lineno or 1}]
    return [
        {"cell": cells[frame.f_code.co_filename], "line": line}
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename in cells
    ]


def missing_module(error):
    """The module that an import statement asked for: more than the error names (google of google.cloud.storage)."""
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        error = error.__cause__ or error.__context__  # "missing optional dependency", as pandas has it
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    place = traceback.extract_tb(error.__traceback__)[-1:]
    statement = re.match(r"\s*(?:import|from)\s+([\w.]+)", place[0].line or "") if place else None
    if statement and statement[1].startswith(error.name + "."):
        return statement[1]
    return error.name


@contextlib.contextmanager
def figure_size(shell, size, usual):
    """A cell's own figure size; the document's is left alone, for its code may have set another."""
    if size == usual:
        yield
        return
    key = "figure.figsize"
    before = sys.modules["matplotlib"].rcParams[key] if "matplotlib" in sys.modules else usual
    set_figure_size(shell, {key: size})
    yield
    if "matplotlib" not in sys.modules or tuple(sys.modules["matplotlib"].rcParams[key]) == size:
        set_figure_size(shell, {key: before})


def set_figure_size(shell, rc):
    shell.config.InlineBackend.rc.update(rc)  # applied when matplotlib's backend is loaded
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams.update(rc)


class PlotlyHook:
    """Once plotly is imported, its figures become HTML that refers to plotly's script, which is told once."""

    MIME_ONLY = ("plotly_mimetype", "json", "png", "jpeg", "jpg", "svg", "pdf")

    def __init__(self, reporter):
        self.reporter = reporter

    def find_spec(self, name, path=None, target=None):
        if name != "plotly.io":
            return None
        sys.meta_path.remove(self)
        import importlib.util

        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module
            spec.loader.exec_module = lambda module: (execute(module), self.configure(module))[0]
        return spec

    def configure(self, plotly_io):
        reporter = self.reporter

        class Renderer(plotly_io.base_renderers.ExternalRenderer):
            script_told = False

            def render(self, fig_dict):
                html = plotly_io.to_html(
                    fig_dict,
                    full_html=False,
                    include_plotlyjs=False,
                    include_mathjax=False,
                    default_height=450,
                    validate=False,
                )
                if not self.script_told:
                    from plotly.offline import get_plotlyjs

                    reporter.tell("library", name="plotly", script=get_plotlyjs())
                    self.script_told = True
                reporter.display("display_data", {"text/html": html}, None, library="plotly")

        # Documents choose renderers for notebooks by name; all of those mean this one here.
        renderer = Renderer()
        for name in {*plotly_io.renderers, "verso"}.difference(self.MIME_ONLY):
            plotly_io.renderers[name] = renderer
        plotly_io.renderers.default = "verso"


def refuse_input(prompt="", /):
    __tracebackhide__ = True
    raise EOFError("a document is rendered with nobody there to answer input(); write the value into the cell")


def run_cell(shell, reporter, step, usual_size):
    reporter.begin(cell=step["cell"])
    with figure_size(shell, (step["figureWidth"], step["figureHeight"]), usual_size):
        result = shell.run_cell(step["source"], store_history=True)
    error = result.error_before_exec or result.error_in_exec
    if error is not None and not reporter.failed:  # something of the document's own kept the traceback to itself
        reporter.error(error)
    reporter.end()
    return not reporter.failed


def run_inline(shell, reporter, step):
    inline = step["inline"]
    reporter.begin(inline=inline)
    try:
        value = eval(compile(step["source"], "inline expression", "eval"), shell.user_global_ns, shell.user_ns)
        markdown = getattr(value, "_repr_markdown_", None)
        text = markdown() if callable(markdown) else None
        shown = {"text": str(value)} if text is None else {"markdown": str(text)}
    except BaseException as error:
        module = missing_module(error)
        failure = {"ename": type(error).__name__, "evalue": message_of(error), "module": module}
        reporter.tell("inline", inline=inline, error=failure)
        return False
    reporter.tell("inline", inline=inline, **shown)
    return True


def main():
    # Of the many objects that imports make, few become garbage; looking for it takes a twentieth of their time.
    gc.set_threshold(50_000, 20, 100)
    request = json.load(sys.stdin)
    reporter = Reporter()
    sys.stdout = sys.__stdout__ = Stream("stdout", 1, reporter)
    sys.stderr = sys.__stderr__ = Stream("stderr", 2, reporter)
    sys.meta_path.insert(0, PlotlyHook(reporter))
    builtins.input = refuse_input
    warnings.filterwarnings("ignore", message="To exit: use")
    usual_size = (request["figureWidth"], request["figureHeight"])
    try:
        with without_terminal():
            shell = make_shell(reporter, request["figureFormats"])
    except Exception as error:  # whatever its version of IPython lacks
        reporter.tell("unusable", reason=f"{type(error).__name__}: {error}")
        return
    sys.path.insert(0, os.getcwd())
    set_figure_size(shell, {"figure.figsize": usual_size})
    for step in request["steps"]:
        if "inline" in step:
            ok = run_inline(shell, reporter, step)
        else:
            ok = run_cell(shell, reporter, step, usual_size) or step["continueOnError"]
        if not ok:
            break
    reporter.tell("done")
    reporter.events.close()
    os._exit(0)  # threads and handlers that the cells left have nothing more to say


main()
