namespace Verso.Cli.Terminal;

/// <summary>
/// One line of a terminal that says what is being done, and for how long once that is long. It is overwritten with
/// nothing but carriage returns and spaces: no terminal is left without its cursor, and NO_COLOR holds.
/// </summary>
internal sealed class LiveLine : IProgress<string>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Channel _channel;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private string _text = "";
    private long _since;
    private int _shown; // characters
    private bool _ended;

    public LiveLine(Channel channel, TimeProvider time)
    {
        (_channel, _time) = (channel, time);
        _since = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Tick(), null, Second, Second);
    }

    public void Report(string value)
    {
        lock (_lock)
        {
            (_text, _since) = (Channel.Plain(value).ReplaceLineEndings(" "), _time.GetTimestamp());
            Show(_text);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            Show("");
            _ended = true;
        }
    }

    private void Tick()
    {
        lock (_lock)
            if (_time.GetElapsedTime(_since) is var elapsed && elapsed >= Patience)
                Show($"{_text} ({elapsed.TotalSeconds:0} s)");
    }

    private void Show(string text)
    {
        if (_ended)
            return;
        var room = Math.Max(Channel.Width - 1, 20);
        if (text.Length > room)
            text = text[..(room - 1)] + "…";
        _channel.Raw($"\r{text}{new string(' ', Math.Max(_shown - text.Length, 0))}\r");
        _shown = text.Length;
    }
}
