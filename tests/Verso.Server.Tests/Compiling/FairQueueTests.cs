using Verso.Server.Compiling;
using Verso.Server.Compiling.Queue;

namespace Verso.Server.Tests.Compiling;

public sealed class FairQueueTests
{
    private readonly List<string> _served = [];

    [Fact]
    public async Task One_piece_of_work_is_served_before_anothers_second()
    {
        var queue = new FairQueue(slots: 1, length: 100);
        var first = await EnterAsync(queue, "running", User('0'));
        string[] projects = ["a1", "a2", "a3", "a4"];
        var entered = projects.Select(project => ServeAsync(queue, project, User('a'))).ToList();
        entered.Add(ServeAsync(queue, "b1", User('b')));
        entered.Add(ServeAsync(queue, "c1", User('c')));

        first!.Dispose();
        await Task.WhenAll(entered);

        _served.ShouldBe(["a1", "b1", "c1", "a2", "a3", "a4"]);
    }

    [Fact]
    public async Task A_project_of_many_people_is_one_of_many_too()
    {
        var queue = new FairQueue(slots: 1, length: 100);
        var first = await EnterAsync(queue, "running", User('0'));
        var entered = "abc".Select(person => ServeAsync(queue, "busy", User(person))).ToList();
        entered.Add(ServeAsync(queue, "quiet", User('d')));

        first!.Dispose();
        await Task.WhenAll(entered);

        _served.ShouldBe(["busy", "quiet", "busy", "busy"]);
    }

    [Fact]
    public async Task Who_came_and_left_costs_the_others_of_the_project_nothing()
    {
        var queue = new FairQueue(slots: 1, length: 100);
        var first = await EnterAsync(queue, "running", User('0'));
        for (var i = 0; i < 10; i++)
        {
            using var patience = new CancellationTokenSource();
            var left = queue.EnterAsync(CompileTarget.Of("busy", User('a')), _ => { }, patience.Token);
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => left);
        }
        Task[] entered =
        [
            ServeAsync(queue, "busy", User('b')),
            ServeAsync(queue, "c1", User('c')),
            ServeAsync(queue, "c2", User('c')),
        ];

        first!.Dispose();
        await Task.WhenAll(entered);

        _served.ShouldBe(["busy", "c1", "c2"]);
    }

    [Fact]
    public async Task Nobody_fills_the_queue_alone()
    {
        var queue = new FairQueue(slots: 1, length: 8);
        using var first = await EnterAsync(queue, "running", User('0'));
        _ = ServeAsync(queue, "a1", User('a'));
        _ = ServeAsync(queue, "a2", User('a'));

        (await EnterAsync(queue, "a3", User('a'))).ShouldBeNull();
        _ = ServeAsync(queue, "b1", User('b'));

        queue.Waiting.ShouldBe(3);
    }

    [Fact]
    public async Task Places_are_told_as_they_change()
    {
        var queue = new FairQueue(slots: 1, length: 100);
        var first = await EnterAsync(queue, "running", User('0'));
        var places = new List<int>();
        var ahead = queue.EnterAsync(CompileTarget.Of("a1", User('a')), _ => { }, Token);
        var behind = queue.EnterAsync(CompileTarget.Of("a2", User('a')), places.Add, Token);

        first!.Dispose();
        (await ahead)!.Dispose();
        (await behind)!.Dispose();

        places.ShouldBe([2, 1]);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string User(char digit) => new(digit, 24);

    private static Task<IDisposable?> EnterAsync(FairQueue queue, string project, string user) =>
        queue.EnterAsync(CompileTarget.Of(project, user), _ => { }, Token);

    private async Task ServeAsync(FairQueue queue, string project, string user)
    {
        using var turn = await EnterAsync(queue, project, user);
        turn.ShouldNotBeNull();
        _served.Add(project); // one at a time
    }
}
