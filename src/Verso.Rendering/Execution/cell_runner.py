"""Runs a document's cells in one IPython shell and tells what they do.

Standard input: {"steps": [{"cell": 0, "source": "…", "figureWidth": 7.0, "figureHeight": 5.0, "continueOnError": false}
                           | {"inline": 0, "source": "…"}, …]}
Standard output: one JSON object a line, with an "event": started, output, finished (of a cell), inline, done.
Outputs have nbformat's shapes. What the cells print never mixes with the events: file descriptors 1 and 2 are
replaced before any of their code runs.
"""
import json
import os
import re
import sys
import tempfile
import traceback

MAX_STREAM_CHARS = 1_000_000  # of one cell, after which its text is cut


def take_over_descriptors():
    """Keeps the real standard output for events; what C code and child processes print goes to unlinked files."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    files = {}
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        files[name] = tempfile.TemporaryFile()
        os.dup2(files[name].fileno(), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    return events, files


class Reporter:
    """Where everything that a cell shows goes, in order."""

    def __init__(self, events, files):
        self.events = events
        self.files = files
        self.owner = os.getpid()
        self.cell = None
        self.pending = []  # (stream, text) not told yet
        self.pending_chars = 0
        self.stream_chars = 0

    def tell(self, event, **data):
        self.events.write(json.dumps({"event": event, **data}, default=str) + "\n")
        self.events.flush()

    def begin(self, cell):
        self.cell = cell
        self.stream_chars = 0
        self.tell("started", cell=cell)

    def stream(self, name, text):
        room = MAX_STREAM_CHARS - self.stream_chars
        if room <= 0:
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

    def flush(self):
        if self.pending:
            text = "".join(text for _, text in self.pending)
            name = self.pending[0][0]
            self.pending, self.pending_chars = [], 0
            self.tell("output", cell=self.cell, output={"output_type": "stream", "name": name, "text": text})

    def output(self, output):
        self.flush()
        self.tell("output", cell=self.cell, output=output)

    def drain_descriptors(self):
        for name, file in self.files.items():
            file.seek(0)
            text = file.read(MAX_STREAM_CHARS * 4).decode("utf-8", "replace")
            file.seek(0)
            file.truncate()
            if text:
                self.stream(name, text)
        self.flush()


class Stream:
    """Stands in for sys.stdout and sys.stderr."""

    encoding, errors, newlines, closed = "utf-8", "strict", None, False

    def __init__(self, name, descriptor, reporter):
        self.name, self.descriptor, self.reporter = name, descriptor, reporter
        self.buffer = os.fdopen(os.dup(descriptor), "wb", buffering=0)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() == self.reporter.owner:
            self.reporter.stream(self.name, text)
        else:  # a forked child has no way to the events
            self.buffer.write(text.encode("utf-8", "replace"))
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def fileno(self):
        return self.descriptor

    def flush(self):
        pass

    def isatty(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return True

    def seekable(self):
        return False


def make_shell(reporter):
    from IPython.core.compilerop import CachingCompiler
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            reporter.output({"output_type": "execute_result", "data": format_dict, "metadata": md_dict or {}})

        def finish_displayhook(self):
            pass

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **kwargs):
            reporter.output({"output_type": "display_data", "data": data, "metadata": metadata or {}})

        def clear_output(self, wait=False):
            reporter.output({"output_type": "clear"})

    class Compiler(CachingCompiler):
        cells = {}  # file name of a cell's code -> cell

        def cache(self, transformed_code, number=0, raw_code=None):
            name = super().cache(transformed_code, number, raw_code)
            self.cells[name] = reporter.cell
            return name

    class Shell(InteractiveShell):
        def _showtraceback(self, etype, evalue, stb):
            reporter.output(
                {
                    "output_type": "error",
                    "ename": etype.__name__,
                    "evalue": str(evalue),
                    "traceback": stb,
                    "frames": frames_in_cells(evalue, Compiler.cells),
                    "module": missing_module(evalue),
                }
            )

        def system(self, cmd):
            import subprocess

            self.user_ns["_exit_code"] = subprocess.call(cmd, shell=True, stdin=subprocess.DEVNULL)

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    config.InlineBackend.figure_formats = {"retina"}
    config.InlineBackend.rc = {"figure.dpi": 96, "savefig.dpi": "figure"}
    return Shell.instance(
        config=config, displayhook_class=Hook, display_pub_class=Publisher, compiler_class=Compiler
    )


def frames_in_cells(error, cells):
    """The places of the document that an error passed through, innermost last."""
    frames = []
    if isinstance(error, SyntaxError) and error.filename in cells:
        return [{"cell": cells[error.filename], "line": error.lineno or 1}]
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename in cells:
            frames.append({"cell": cells[frame.f_code.co_filename], "line": line})
    return frames


def missing_module(error):
    """The module that an import statement asked for: more than the error names (google of google.cloud.storage)."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    place = traceback.extract_tb(error.__traceback__)[-1:]
    statement = re.match(r"\s*(?:import|from)\s+([\w.]+)", place[0].line or "") if place else None
    if statement and statement[1].startswith(error.name + "."):
        return statement[1]
    return error.name


def set_figure_size(shell, width, height):
    rc = {"figure.figsize": (width, height)}
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams.update(rc)
    else:  # applied when matplotlib is first imported
        shell.config.InlineBackend.rc.update(rc)


class PlotlyHook:
    """Once plotly is imported, its figures become HTML that carries plotly's script with it, the first one only."""

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
        class Renderer(plotly_io.base_renderers.MimetypeRenderer):
            script_sent = False

            def to_mimebundle(self, fig_dict):
                html = plotly_io.to_html(
                    fig_dict,
                    full_html=False,
                    include_plotlyjs=not Renderer.script_sent,
                    include_mathjax=False,
                    default_height=450,
                    validate=False,
                )
                Renderer.script_sent = True
                return {"text/html": html}

        plotly_io.renderers["verso"] = Renderer()
        plotly_io.renderers.default = "verso"


def run_cell(shell, reporter, step):
    reporter.begin(step["cell"])
    set_figure_size(shell, step["figureWidth"], step["figureHeight"])
    result = shell.run_cell(step["source"], store_history=True)
    reporter.drain_descriptors()
    reporter.tell("finished", cell=step["cell"], ok=result.success)
    return result.success


def run_inline(shell, reporter, step):
    reporter.cell = None
    try:
        value = eval(step["source"], shell.user_global_ns, shell.user_ns)
    except BaseException as error:
        reporter.tell(
            "inline",
            inline=step["inline"],
            error={"ename": type(error).__name__, "evalue": str(error), "module": missing_module(error)},
        )
        return False
    finally:
        reporter.pending.clear()
    markdown = getattr(value, "_repr_markdown_", None)
    text = markdown() if callable(markdown) else None
    if text is not None:
        reporter.tell("inline", inline=step["inline"], markdown=text)
    else:
        reporter.tell("inline", inline=step["inline"], text=str(value))
    return True


def main():
    request = json.load(sys.stdin)
    reporter = Reporter(*take_over_descriptors())
    sys.stdout = Stream("stdout", 1, reporter)
    sys.stderr = Stream("stderr", 2, reporter)
    sys.path[0] = os.getcwd()
    sys.meta_path.insert(0, PlotlyHook())
    try:
        shell = make_shell(reporter)
    except ImportError as error:
        reporter.tell("unusable", reason=str(error))
        return
    for step in request["steps"]:
        if "inline" in step:
            ok = run_inline(shell, reporter, step)
        else:
            ok = run_cell(shell, reporter, step) or step["continueOnError"]
        if not ok:
            break
    reporter.tell("done")
    reporter.events.close()
    os._exit(0)  # threads and handlers that the cells left have nothing more to say


main()
