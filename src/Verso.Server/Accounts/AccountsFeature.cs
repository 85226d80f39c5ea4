using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Settings;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Accounts;

public static class AccountsFeature
{
    private const string Scheme = "verso";

    public static IServiceCollection AddAccounts(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings.Accounts);
        services.AddHttpContextAccessor();
        services
            .AddAuthentication(Scheme)
            .AddPolicyScheme(
                Scheme,
                null,
                choice =>
                    choice.ForwardDefaultSelector = http =>
                        http.Request.Headers.ContainsKey("Authorization")
                            ? TokenAuthentication.Scheme
                            : IdentityConstants.ApplicationScheme
            )
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie => ConfigureCookie(cookie, settings.Web));
        services
            .AddIdentityCore<Account>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // Addresses have one and names have none, so that nobody is found by what is another's.
                identity.User.AllowedUserNameCharacters = identity.User.AllowedUserNameCharacters.Replace("@", "");
                identity.Password = new PasswordOptions
                {
                    RequiredLength = settings.Accounts.MinimumPasswordLength,
                    RequiredUniqueChars = 4,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireNonAlphanumeric = false,
                    RequireUppercase = false,
                };
            })
            .AddEntityFrameworkStores<WorkspaceContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(tokens =>
            tokens.TokenLifespan = settings.Accounts.ResetLifetime
        );
        // Whoever changes the password, or is deleted, is signed out everywhere at once.
        services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.Zero);
        services.AddScoped<AccountWork>();
        return services;
    }

    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder app)
    {
        SessionEndpoints.Map(app);
        AccountEndpoints.Map(app);
        TokenEndpoints.Map(app);
        AdministrationEndpoints.Map(app);
        return app;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, WebOptions web)
    {
        cookie.Cookie.Name = "verso";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = WebFeature.Secure(web);
        cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        cookie.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = async context =>
            {
                await SecurityStampValidator.ValidatePrincipalAsync(context);
                // Not given anew each time: a late answer would bring a session back that was ended meanwhile.
                context.ShouldRenew = false;
            },
            OnRedirectToLogin = context =>
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            },
        };
    }
}
