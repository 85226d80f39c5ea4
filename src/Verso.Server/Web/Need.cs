namespace Verso.Server.Web;

/// <summary>What an endpoint asks of its caller. One that says nothing cannot be mapped.</summary>
public enum Need
{
    /// <summary>Nothing.</summary>
    Nobody,

    SignedIn,

    /// <summary>Signed in by cookie: no token may do it.</summary>
    Session,
    Administrator,

    /// <summary>Of the project that the path names.</summary>
    Read,
    Edit,
    Publish,
    Own,

    /// <summary>The same of a project that is deleted.</summary>
    OwnDeleted,

    /// <summary>To be a member, through whatever.</summary>
    Membership,
}
