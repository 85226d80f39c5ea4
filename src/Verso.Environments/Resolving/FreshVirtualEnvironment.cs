using Verso.Environments.Interpreters;

namespace Verso.Environments.Resolving;

/// <summary>
/// An empty virtualenv for pip to resolve in, so that nothing but the base is installed already. Nobody installs into
/// it, so that it is no more than Python needs to take it for one.
/// </summary>
internal static class FreshVirtualEnvironment
{
    /// <returns>Its Python.</returns>
    public static string Create(BaseInterpreter interpreter, string directory)
    {
        var bin = Directory.CreateDirectory(Path.Combine(directory, "bin")).FullName;
        File.WriteAllText(
            Path.Combine(directory, "pyvenv.cfg"),
            $"home = {Path.GetDirectoryName(interpreter.Path)}\ninclude-system-site-packages = true\n"
        );
        return File.CreateSymbolicLink(Path.Combine(bin, "python"), interpreter.Path).FullName;
    }
}
