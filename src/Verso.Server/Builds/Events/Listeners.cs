using Verso.Server.Web;

namespace Verso.Server.Builds.Events;

/// <summary>Of those who listen to events, each of which has questions asked of the database all the time.</summary>
internal sealed class Listeners(BuildsOptions options) : Places(options.MaxListeners);
