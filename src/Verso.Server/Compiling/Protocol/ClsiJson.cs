using System.Text.Json;
using System.Text.Json.Serialization;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Server.Compiling.Protocol;

/// <summary>How requests and answers are read and written.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    // Whoever sends a name twice, or in another spelling, may mean that somebody else reads the other one.
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(KebabCaseConverter<EntryLevel>), typeof(KebabCaseConverter<AdviceKind>)]
)]
[JsonSerializable(typeof(CompileRequestBody))]
[JsonSerializable(typeof(CompileResultBody))]
[JsonSerializable(typeof(CompileEvent))]
[JsonSerializable(typeof(EnvironmentWish))]
[JsonSerializable(typeof(EnvironmentAnswer))]
internal sealed partial class ClsiJson : JsonSerializerContext;
