using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Verso.Server.Storage;

/// <summary>Times as milliseconds since 1970, UTC.</summary>
public sealed class MillisecondsConverter()
    : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
    );
