namespace Verso.Environments.Gateway;

/// <summary>One build has had its share; other builds may go on.</summary>
internal sealed class BuildLimitException(long limit)
    : GatewayException(
        $"The packages of this build are larger than {ByteSize.Describe(limit)} (PackageIndex:MaxBuildBytes) together.",
        statusCode: 403
    );
