using System.Text.Json;
using Verso.Environments.Resolving;

namespace Verso.Environments.Tests.Resolving;

public sealed class StoredResolutionTests
{
    private static readonly Resolution Stored = new(
        "key",
        ["alpha"],
        DateTimeOffset.UnixEpoch,
        [
            new Pin("alpha", "1.0", "alpha-1.0-py3-none-any.whl", "aa", 1000, Requested: true, []),
            new Pin("beta", "1.0", "beta-1.0-py3-none-any.whl", "bb", Bytes: null, Requested: false, ["alpha"]),
        ],
        Warnings: []
    );

    [Fact]
    public void What_is_stored_is_read_as_it_was()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("resolution.json");

        StoreJson.Write(path, Stored);

        var read = StoreJson.TryRead<Resolution>(path).ShouldNotBeNull();
        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(Stored));
    }

    [Theory]
    [InlineData("\"fileName\": \"alpha-1.0-py3-none-any.whl\",")]
    [InlineData("\"bytes\": 1000,")]
    [InlineData("\"requestedBy\"", "\"requiredBy\"")]
    [InlineData("null", "\"aa\"")]
    public void What_an_older_version_stored_is_not_misread(string other, string? present = null)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("resolution.json");
        StoreJson.Write(path, Stored);
        var text = File.ReadAllText(path);
        var older = present is null ? text.Replace(other, "") : text.Replace(present, other);
        older.ShouldNotBe(text);

        File.WriteAllText(path, older);

        StoreJson.TryRead<Resolution>(path).ShouldBeNull();
    }
}
