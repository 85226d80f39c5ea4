using Verso.Environments.Resolving;

namespace Verso.Environments.Tests.Resolving;

/// <summary>Many small indexes drawn by lot: where the answer is plain, it is pip's.</summary>
[NeedsSandbox]
public sealed class RandomIndexTests
{
    private const int Indexes = 700;

    // pip resolves several at once, which have nothing in common: it looks at things in an order that differs from ours.
    private const int AtOnce = 50;

    [Fact]
    public async Task What_is_plain_resolves_as_pip_resolves_it()
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        var plain = new List<(RandomIndex Index, IReadOnlyList<Pin> Pins)>();
        for (var seed = 0; seed < Indexes; seed++)
        {
            var index = new RandomIndex(seed);
            foreach (var wheel in index.Wheels)
                fixture.Add(wheel, withMetadata: true);
            if (await fixture.ResolvePlainlyAsync([.. index.Lines]) is { } pins)
                plain.Add((index, pins));
        }

        plain.Count.ShouldBeGreaterThan(200);
        foreach (var several in plain.Chunk(AtOnce))
        {
            var pip = await fixture.ResolveWithPipAsync([.. several.SelectMany(entry => entry.Index.Lines)]);
            foreach (var (index, pins) in several)
                ResolvingFixture
                    .Text(pins)
                    .ShouldBe(
                        ResolvingFixture.Text([.. pip.Where(pin => index.Holds(pin.Name))]),
                        string.Join('|', index.Lines)
                    );
        }
    }
}
