using Verso.Testing;

namespace Verso.Bench.Store;

/// <summary>
/// Sixty packages that depend on none, made anew: 72 modules, most of 2.7 KB, in seven folders. With what an installer adds
/// (compiled modules, metadata) one is some 160 files, and all are 9,720.
/// </summary>
internal sealed class PackageSet
{
    public const int Count = 60;
    private const int Folders = 6;
    private const int ModulesInFolder = 11;
    private const int Functions = 5;

    public PackageSet(string wheelhouse)
    {
        Wheelhouse = wheelhouse;
        foreach (var name in Names)
        {
            var wheel = new TestWheel(name, "1.0");
            wheel.Files[$"{name}/__init__.py"] = "from .part0.module0 import Thing0\n";
            wheel.Files[$"{name}/py.typed"] = "";
            for (var i = 0; i < 5; i++)
                wheel.Files[$"{name}/module{i}.py"] = Source(name, i);
            for (var folder = 0; folder < Folders; folder++)
            {
                wheel.Files[$"{name}/part{folder}/__init__.py"] = "";
                for (var i = 0; i < ModulesInFolder; i++)
                    wheel.Files[$"{name}/part{folder}/module{i}.py"] = Source(name, i);
            }
            wheel.WriteTo(wheelhouse);
        }
    }

    public string Wheelhouse { get; }

    public static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, Count).Select(i => $"package{i}")];

    private static string Source(string package, int number) =>
        string.Join(
            "\n",
            Enumerable
                .Range(0, Functions)
                .Select(i =>
                    $$"""
                        class Thing{{i}}:
                            '''One of the things that {{package}} knows of.'''

                            def __init__(self, name, items=(), *, limit={{number + 10}}):
                                self.name = name
                                self.items = [item for item in items if item is not None][:limit]

                            def total(self, weight=1.5):
                                return sum(weight * index + len(str(item)) for index, item in enumerate(self.items))


                        def merge{{i}}(first, second):
                            found = {f"{first.name}-{item}": item for item in first.items}
                            for item in second.items:
                                found.setdefault(item, first.total())
                            return found
                        """
                )
        );
}
