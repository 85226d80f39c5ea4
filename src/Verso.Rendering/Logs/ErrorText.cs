using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs;

/// <summary>What an exception has to say to the author, with what to do about it.</summary>
internal static class ErrorText
{
    public static (string Message, Advice? Advice) Describe(RaisedError error, ModuleAdvisor advisor)
    {
        var advised = advisor.Advise(error);
        var sentence =
            advised?.Text
            ?? Exhaustion.Explain(error.ToString())
            ?? advisor.Confinement?.Explain(error)
            ?? (
                error.Type == "SystemExit" ? "A document's code runs to its end; it must not ask Python to exit." : null
            );
        return (
            sentence is null ? $"{error}" : $"{error.ToString().TrimEnd().TrimEnd('.')}. {sentence}",
            advised?.Advice
        );
    }
}
