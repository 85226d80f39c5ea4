using Verso.Environments.Building;

namespace Verso.Environments.Tests.Building;

public sealed class BuildQueueTests
{
    private readonly BuildQueue _queue = new(places: 1);

    [Fact]
    public async Task Builds_get_their_turn_in_the_order_they_came_and_see_their_place()
    {
        var first = await _queue.EnterAsync(new CollectedLog(), CancellationToken.None);
        CollectedLog[] logs = [new(), new()];
        var second = _queue.EnterAsync(logs[0], CancellationToken.None);
        var third = _queue.EnterAsync(logs[1], CancellationToken.None);

        first.Dispose();
        (await second).Dispose();
        (await third).Dispose();

        logs[0].Lines.ShouldBe(["Waiting for other builds: number 1 in the queue …"]);
        logs[1]
            .Lines.ShouldBe([
                "Waiting for other builds: number 2 in the queue …",
                "Waiting for other builds: number 1 in the queue …",
            ]);
    }

    [Fact]
    public async Task One_who_leaves_the_queue_takes_no_turn()
    {
        var first = await _queue.EnterAsync(new CollectedLog(), CancellationToken.None);
        using var leaving = new CancellationTokenSource();
        var second = _queue.EnterAsync(new CollectedLog(), leaving.Token);
        var third = _queue.EnterAsync(new CollectedLog(), CancellationToken.None);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => second);
        third.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await third).Dispose();
        (await _queue.EnterAsync(new CollectedLog(), CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task A_place_given_back_twice_is_one_place()
    {
        var first = await _queue.EnterAsync(new CollectedLog(), CancellationToken.None);
        first.Dispose();
        first.Dispose();

        using var second = await _queue.EnterAsync(new CollectedLog(), CancellationToken.None);
        _queue.EnterAsync(new CollectedLog(), CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_only_waits_lets_others_have_the_place_and_gets_one_again()
    {
        using var first = await _queue.EnterAsync(new CollectedLog(), CancellationToken.None);
        var second = _queue.EnterAsync(new CollectedLog(), CancellationToken.None);
        await first.ReturnAsync(new CollectedLog(), CancellationToken.None);
        second.IsCompleted.ShouldBeFalse("it was not left");

        first.Leave();
        var other = await second;
        var returning = first.ReturnAsync(new CollectedLog(), CancellationToken.None);

        returning.IsCompleted.ShouldBeFalse();
        other.Dispose();
        await returning;
        _queue.EnterAsync(new CollectedLog(), CancellationToken.None).IsCompleted.ShouldBeFalse();
    }
}
