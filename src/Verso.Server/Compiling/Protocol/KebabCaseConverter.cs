using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verso.Server.Compiling.Protocol;

internal sealed class KebabCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;
