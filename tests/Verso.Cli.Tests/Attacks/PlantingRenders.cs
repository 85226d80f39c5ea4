using Verso.Sandboxing;

namespace Verso.Cli.Tests.Attacks;

/// <summary>One document, rendered once as each user, that plants all it can in its project.</summary>
public sealed class PlantingRenders(Installation installation) : IDisposable
{
    private const string Document = """
        ```{python}
        import os, socket, stat, sys
        outside = os.path.dirname(os.getcwd()) + "/outside"

        os.symlink("/etc/shadow", "link-to-secret")
        os.symlink(outside + "/precious", "link-to-file")
        os.symlink(outside, "link-to-folder")
        os.symlink("/nowhere", "dangling-link")
        os.makedirs("made/inner")
        os.symlink(outside, "made/inner/link")
        os.mkfifo("pipe")
        socket.socket(socket.AF_UNIX).bind("socket")
        for name, number in {"zero": (1, 5), "disk": (8, 0)}.items():
            try:
                os.mknod(name, 0o666 | (stat.S_IFCHR if name == "zero" else stat.S_IFBLK), os.makedev(*number))
            except OSError:
                pass
        open("setuid", "w").write("#!/bin/sh")
        os.chmod("setuid", 0o6755)
        for source in (outside + "/precious", "/etc/passwd", os.path.realpath(sys.executable)):
            try:
                os.link(source, "hard-link-" + os.path.basename(source))
            except OSError:
                pass
        os.remove("data.csv")
        os.symlink(outside + "/precious", "data.csv")
        os.rename("folder", "moved")
        os.symlink(outside, "folder")
        os.mkdir("locked")
        os.mkfifo("locked/pipe")
        os.chmod("locked", 0)
        os.symlink(outside + "/precious", "report.html")
        os.mkfifo("output.log")
        open("kept.txt", "w").write("kept")
        ```
        """;

    private readonly UserOfTheProgram _users = new(installation);
    private readonly Dictionary<string, Task<(TemporaryDirectory Place, ProcessResult Result)>> _renders = [];

    public Task<(TemporaryDirectory Place, ProcessResult Result)> OfAsync(string user)
    {
        lock (_renders)
            return _renders.TryGetValue(user, out var render) ? render : _renders[user] = RenderAsync(user);
    }

    public void Dispose()
    {
        foreach (var render in _renders.Values)
            if (render.IsCompletedSuccessfully)
                render.Result.Place.Dispose();
        _users.Dispose();
    }

    private async Task<(TemporaryDirectory, ProcessResult)> RenderAsync(string user)
    {
        var place = await UserOfTheProgram.PlaceAsync(user);
        place.Write("project/report.qmd", Document);
        place.Write("project/data.csv", "1,2");
        place.Write("project/folder/file", "in the folder");
        place.Write("project/_quarto.yml", "");
        await UserOfTheProgram.GiveAsync(user, place);
        return (place, await _users.RunAsync(user, place, "render", "report.qmd"));
    }
}
