using Verso.Server.Web;

namespace Verso.Server.Projects.Zips;

/// <summary>Of those who send or fetch zips, each of which stands on the disk meanwhile.</summary>
internal sealed class ZipPlaces() : Places(4);
