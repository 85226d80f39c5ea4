namespace Verso.Environments.Tests;

public sealed class OptionsTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(10_000);

    [Fact]
    public void The_defaults_have_no_faults() => new EnvironmentsOptions().Faults().ShouldBeEmpty();

    [Fact]
    public void Durations_that_no_timer_takes_and_no_date_goes_back_to_are_refused() =>
        new EnvironmentsOptions
        {
            BuildTimeout = Forever,
            BuildWait = Forever,
            ResolutionMaxAge = Forever,
            RetryAfter = TimeSpan.FromDays(3650),
        }
            .Faults()
            .ShouldBe([
                "Environments:BuildTimeout is 10000.00:00:00; it must be 49 days or less.",
                "Environments:ResolutionMaxAge is 10000.00:00:00; it must be 3650 days or less.",
                "Environments:BuildWait is 10000.00:00:00; it must be 49 days or less.",
            ]);

    [Fact]
    public void What_the_longest_allowed_are_set_to_works()
    {
        using var timeout = new CancellationTokenSource(Verso.Sandboxing.Timers.Longest);

        timeout.IsCancellationRequested.ShouldBeFalse();
    }
}
