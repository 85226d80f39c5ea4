namespace Verso.Environments.Requirements;

/// <summary>Guesses what was meant by text that cannot stand where it stands in a requirement.</summary>
internal static class RequirementHint
{
    private static readonly string[] Comparisons = ["=", "<", ">", "!", "~"];

    /// <returns>A sentence for the author.</returns>
    public static string For(string rest, bool afterMarker) =>
        $"'{rest}' is not understood; {Guess(rest, afterMarker)}";

    private static string Guess(string rest, bool afterMarker) =>
        rest switch
        {
            ['#', ..] => "a comment needs a space before its '#'.",
            _ when afterMarker => "conditions are joined with 'and' or 'or', and every parenthesis has its partner.",
            ['[', ..] => "extras stand right after the name, such as: pandas[excel]>=2.0",
            [')', ..] => "there is no '(' before it.",
            [',', ..] => "one comma stands between two versions, such as: pandas>=2.0,<3",
            ['*', ..] or ['.', '*', ..] => "a '*' ends a version after '==' or '!=' only, such as: pandas==2.*",
            ['+', ..] => "a local version stands after '==' or '!=' only, such as: torch==2.3.1+cpu",
            ['~', '=', ..] => "'~=' needs two numbers, such as: pandas~=2.1",
            ['=', '>' or '<', ..] => "the sign comes the other way round, such as: pandas>=2.0",
            ['=', not '=', ..] => "an exact version has two signs, such as: pandas==2.1.0",
            _ when Comparisons.Any(rest.StartsWith) =>
                "a version is compared with an operator, such as: pandas>=2.0,<3",
            _ => "write one package a line, such as: pandas>=2.0",
        };
}
