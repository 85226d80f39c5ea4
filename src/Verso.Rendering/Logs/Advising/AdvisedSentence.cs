namespace Verso.Rendering.Logs.Advising;

/// <summary>Advice in both its forms.</summary>
/// <param name="Text">For the author; one sentence or more, with their full stops.</param>
public sealed record AdvisedSentence(string Text, Advice Advice);
