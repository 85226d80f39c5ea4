using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

/// <summary>What has just failed is not tried again at every render.</summary>
[NeedsSandbox]
public sealed class RememberedFailureTests
{
    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task A_build_that_failed_is_not_tried_again_for_a_while()
    {
        await using var fixture = await FailedAsync();
        _time.Advance(TimeSpan.FromMinutes(3));

        var failed = await fixture.FailAsync("alpha");

        failed.Reason.ShouldBe(BaseReason.BuildFailed);
        failed.Message.ShouldStartWith("'alpha' was not found");
        failed.Message.ShouldEndWith(
            "(That was 3 min ago; it is tried again after a while, or when somebody asks for it.)"
        );
        failed.Log.ShouldContain("Resolving alpha");
        fixture.Index.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_tried_again_when_its_time_is_over()
    {
        await using var fixture = await FailedAsync();
        _time.Advance(fixture.Options.RetryAfter);

        (await fixture.LeaseAsync("alpha")).Dispose();
    }

    [Fact]
    public async Task It_is_tried_again_when_somebody_asks_for_it_and_then_forgotten()
    {
        await using var fixture = await FailedAsync();
        var request = new EnvironmentRequest(fixture.Project("alpha"), AllowInstall: true) { Retry = true };

        using (
            var outcome = await fixture.NewStore().AcquireAsync(request, null, TestContext.Current.CancellationToken)
        )
            outcome.ShouldBeLeased();

        Directory.GetFiles(fixture.Layout.Failures).ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_requirements_do_not_suffer_from_it()
    {
        await using var fixture = await FailedAsync();

        (await fixture.LeaseAsync("alpha>=0.5")).Dispose();
    }

    [Fact]
    public async Task What_may_be_over_soon_is_tried_again_sooner()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        fixture.Time = _time;
        fixture.Index.Intercept = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        (await fixture.FailAsync("alpha")).Message.ShouldContain("cannot be reached");
        fixture.Index.Intercept = null;
        (await fixture.FailAsync("alpha")).Message.ShouldMatch(@"\(That was \d+ s ago");

        _time.Advance(fixture.Options.RetryTransientAfter);

        (await fixture.LeaseAsync("alpha")).Dispose();
    }

    /// <summary>A build of alpha has failed; now it would succeed.</summary>
    private async Task<StoreFixture> FailedAsync()
    {
        var fixture = await StoreFixture.StartAsync();
        fixture.Time = _time;
        (await fixture.FailAsync("alpha")).Message.ShouldNotContain("ago");
        new TestWheel("alpha", "1.0").WriteTo(fixture.Index.Directory);
        fixture.Index.Requests.Clear();
        return fixture;
    }
}
