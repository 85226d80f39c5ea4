namespace Verso.Environments.Gateway;

/// <summary>A file that a build was given.</summary>
/// <param name="Name">Normalised.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
/// <param name="Source">The wheelhouse's folder, the host the file was downloaded from, or <c>cache</c>.</param>
public sealed record ServedFile(string Name, string Version, string FileName, string Sha256, long Bytes, string Source);
