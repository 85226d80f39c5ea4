using System.Text;
using Verso.Rendering;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Running;

namespace Verso.Server.Compiling.Rendering;

/// <summary>Passes a render's progress on, and remembers some of it for a compile that comes to no other log.</summary>
internal sealed class ProgressEvents(CompileTarget target, CompileEvents events) : IProgress<RenderProgress>
{
    private const int MostCharacters = 1 << 20;

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private string _last = "it had only begun";

    public string Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    /// <summary>A line each.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    public void Report(RenderProgress value)
    {
        lock (_lock)
        {
            _last = value.Message;
            if (_text.Length < MostCharacters)
                _text.AppendLine(value.Message);
        }
        var stage = value.Stage switch
        {
            RenderStage.Environment => CompileStage.Environment,
            RenderStage.Cells => CompileStage.Cells,
            _ => CompileStage.Rendering,
        };
        events.Publish(target, new CompileEvent(stage, value.Message));
    }
}
