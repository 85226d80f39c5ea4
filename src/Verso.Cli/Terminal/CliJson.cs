using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Verso.Cli.Commands.Doctor;
using Verso.Cli.Commands.Env;
using Verso.Rendering;

namespace Verso.Cli.Terminal;

/// <summary>How results are written as JSON. Generated, since reflection would cost more time than most commands take.</summary>
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(RenderResult))]
[JsonSerializable(typeof(ResolvedReport))]
[JsonSerializable(typeof(BuildReport))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentReport>))]
[JsonSerializable(typeof(EnvironmentDetails))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        TypeInfoResolver = Default,
    };

    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Readable);
}
