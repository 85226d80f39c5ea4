using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Verso.Server.Compiling;

namespace Verso.Server.Web;

/// <summary>What a request is answered with that ended in an exception: not each is the server's fault.</summary>
internal static class FaultStatus
{
    public static int Of(Exception fault) =>
        fault switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            CompileServiceException => StatusCodes.Status502BadGateway,
            // Somebody else changed or removed it meanwhile.
            DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
            // PostgreSQL keeps no NUL in texts.
            _ when fault.GetBaseException()
                    is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
                StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };
}
