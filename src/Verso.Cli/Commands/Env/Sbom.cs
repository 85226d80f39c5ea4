using System.Text.Json.Nodes;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Cli.Commands.Env;

/// <summary>An environment's packages as a CycloneDX bill of materials (https://cyclonedx.org/docs/1.5/json/).</summary>
internal static class Sbom
{
    private const string RootReference = "environment";

    public static string CycloneDx(EnvironmentRecord record)
    {
        var pins = record.Packages.ToDictionary(pin => PackageName.Normalize(pin.Name));
        var document = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.5",
            ["serialNumber"] = $"urn:uuid:{new Guid(Convert.FromHexString(record.Key).AsSpan(0, 16))}",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["timestamp"] = $"{record.BuiltAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}",
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = RootReference,
                    ["name"] = $"environment {record.Key[..12]}",
                },
            },
            ["components"] = new JsonArray([.. pins.Values.Select(Component)]),
            ["dependencies"] = new JsonArray([
                Dependency(RootReference, pins.Values.Where(pin => pin.Requested)),
                .. pins.Select(pin =>
                    Dependency(Purl(pin.Value), pins.Values.Where(other => other.RequiredBy.Contains(pin.Value.Name)))
                ),
            ]),
        };
        return document.ToJsonString(CliJson.Readable.Options);
    }

    private static JsonObject Component(Pin pin) =>
        new()
        {
            ["type"] = "library",
            ["bom-ref"] = Purl(pin),
            ["name"] = pin.Name,
            ["version"] = pin.Version,
            ["purl"] = Purl(pin),
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = pin.Sha256 }),
        };

    private static JsonObject Dependency(string reference, IEnumerable<Pin> on) =>
        new()
        {
            ["ref"] = reference,
            ["dependsOn"] = new JsonArray([.. on.Select(pin => JsonValue.Create(Purl(pin)))]),
        };

    private static string Purl(Pin pin) =>
        $"pkg:pypi/{PackageName.Normalize(pin.Name)}@{Uri.EscapeDataString(pin.Version)}";
}
