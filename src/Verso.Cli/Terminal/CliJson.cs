using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Verso.Cli.Commands.Check;
using Verso.Cli.Commands.Doctor;
using Verso.Cli.Commands.Env;
using Verso.Environments.Eviction;
using Verso.Environments.Store;
using Verso.Rendering;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Cli.Terminal;

/// <summary>How results are written as JSON. Generated, since reflection would cost more time than most commands take.</summary>
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(RenderResult))]
[JsonSerializable(typeof(ResolvedReport))]
[JsonSerializable(typeof(BuildReport))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentReport>))]
[JsonSerializable(typeof(EnvironmentDetails))]
[JsonSerializable(typeof(RefreshReport))]
[JsonSerializable(typeof(PinReport))]
[JsonSerializable(typeof(EvictionReport))]
[JsonSerializable(typeof(RemovalReport))]
[JsonSerializable(typeof(IReadOnlyList<VerificationReport>))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(CheckReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    public static CliJson Readable { get; } =
        new(
            new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                WriteIndented = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters =
                {
                    new KebabCase<RenderStatus>(),
                    new KebabCase<EnvironmentState>(),
                    new KebabCase<BaseReason>(),
                    new KebabCase<OutputKind>(),
                    new KebabCase<EntryLevel>(),
                    new KebabCase<AdviceKind>(),
                    new KebabCase<EvictedKind>(),
                },
            }
        );

    public static string Serialize<T>(T value) =>
        JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!);

    private sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
        where T : struct, Enum;
}
