using Verso.Environments.Store;

namespace Verso.Environments.Tests.Store;

/// <summary>Renders that get the base interpreter start no process and ask nobody for anything.</summary>
public sealed class NoEnvironmentTests
{
    [Theory]
    [InlineData("", true, true, BaseReason.NoRequirements, "names no packages in requirements.vrf")]
    [InlineData("# none yet\n", false, false, BaseReason.NoRequirements, "names no packages in requirements.vrf")]
    [InlineData("alpha", false, true, BaseReason.Disabled, "switched off here (Environments:Enabled)")]
    [InlineData("alpha", true, false, BaseReason.NotAllowed, "may not install packages")]
    [InlineData("-r x", true, false, BaseReason.NotAllowed, "may not install packages")]
    [InlineData("alpha\n-r x", true, true, BaseReason.InvalidRequirements, "requirements.vrf:2: pip's options")]
    [InlineData("-r x\n-r y", true, true, BaseReason.InvalidRequirements, "(and 1 more)")]
    public async Task Nothing_happens(string text, bool enabled, bool allowed, BaseReason reason, string message)
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var invoked = fixture.Combine("invoked");
        var python = fixture.Write("python", $"#!/bin/sh\ntouch {invoked}\nexec /usr/bin/python3 \"$@\"\n");
        File.SetUnixFileMode(python, (UnixFileMode)0b111_101_101);
        fixture.Options = fixture.Options with { Enabled = enabled, Python = python };
        var request = new EnvironmentRequest(fixture.Project(text), allowed);

        using var outcome = await fixture.NewStore().AcquireAsync(request, null, TestContext.Current.CancellationToken);

        var failed = outcome.ShouldBeOfType<EnvironmentOutcome.Base>();
        failed.Reason.ShouldBe(reason);
        failed.Message.ShouldContain(message);
        failed.Faults.Count.ShouldBe(reason == BaseReason.InvalidRequirements ? text.Split("-r").Length - 1 : 0);
        fixture.Index.Requests.ShouldBeEmpty();
        File.Exists(invoked).ShouldBeFalse();
        Directory.Exists(fixture.Layout.Root).ShouldBeFalse();
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    [InlineData("/proc/verso")]
    public async Task A_store_that_cannot_be_made_is_said_to_be_so(string place)
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        fixture.Write("file", "");
        var store = fixture.Combine(place);
        fixture.Options = fixture.Options with { StoreDirectory = store };

        var failed = await fixture.FailAsync("alpha");

        failed.Reason.ShouldBe(BaseReason.BuildFailed);
        failed.Message.ShouldStartWith($"The store of environments cannot be written at {store}: ");
        failed.Log.ShouldContain(failed.Message);
        fixture.Index.Requests.ShouldBeEmpty();
    }
}
