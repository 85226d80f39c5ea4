using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Verso.Server.Settings;

/// <summary>Reads options and gathers what cannot be read, where binding on its own would stop at the first fault.</summary>
public sealed class SettingsReader(IConfigurationRoot configuration)
{
    private readonly List<string> _faults = [];

    /// <summary>A sentence for each setting that cannot be read.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The setting's text; null when it is absent or empty.</summary>
    public string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;

    /// <summary>Whether a setting of its own is <c>true</c>.</summary>
    public bool Flag(string key)
    {
        if (Text(key) is not { } text)
            return false;
        if (!bool.TryParse(text, out var value))
            _faults.Add($"{key} is '{text}'; it must be {Description(typeof(bool))}.");
        return value;
    }

    /// <summary>The section's options; a setting that cannot be read keeps its default.</summary>
    public T Read<T>(string section)
        where T : new()
    {
        _faults.AddRange(Unknown(typeof(T), configuration.GetSection(section)));
        var unreadable = Unreadable(typeof(T), section).ToList();
        var rest = configuration
            .AsEnumerable()
            .Where(entry =>
                entry.Value is not null && !unreadable.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)
            );
        return new ConfigurationBuilder().AddInMemoryCollection(rest).Build().GetSection(section).Get<T>() ?? new T();
    }

    // A setting that nothing reads is a misspelt one, whose default would be used unseen.
    private static IEnumerable<string> Unknown(Type type, IConfigurationSection section)
    {
        var properties = type.GetProperties().Where(property => property.CanWrite).ToList();
        foreach (var child in section.GetChildren())
        {
            var known = properties.Find(property =>
                property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)
            );
            if (known is null)
                yield return $"{child.Path} is no setting; there are: {string.Join(", ", properties.Select(property => property.Name).Order())}.";
            else if (IsSection(known.PropertyType))
                foreach (var fault in Unknown(known.PropertyType, child))
                    yield return fault;
        }
    }

    private IEnumerable<string> Unreadable(Type type, string section) =>
        type.GetProperties()
            .Where(property => property.CanWrite)
            .SelectMany(property =>
                IsSection(property.PropertyType) ? Unreadable(property.PropertyType, $"{section}:{property.Name}")
                : IsReadable($"{section}:{property.Name}", property) ? []
                : (IEnumerable<string>)[$"{section}:{property.Name}"]
            );

    private static bool IsSection(Type type) =>
        type.IsClass && type != typeof(string) && !type.IsAssignableTo(typeof(System.Collections.IEnumerable));

    private bool IsReadable(string key, PropertyInfo property)
    {
        try
        {
            _ = configuration.GetSection(key).Get(property.PropertyType);
            return true;
        }
        catch (InvalidOperationException)
        {
            _faults.Add($"{key} is '{configuration[key]}'; it must be {Description(property.PropertyType)}.");
            return false;
        }
    }

    private static string Description(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(TimeSpan) ? "a duration such as 00:10:00 (hours, minutes, seconds)"
            : type == typeof(bool) ? "true or false"
            : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : type.IsPrimitive ? "a number"
            : $"a {type.Name}";
    }
}
