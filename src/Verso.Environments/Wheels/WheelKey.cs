using System.Runtime.InteropServices;

namespace Verso.Environments.Wheels;

/// <summary>Names a stored wheel: compiled files are one Python's.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WheelKey(string CacheTag, string Sha256);
