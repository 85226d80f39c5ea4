namespace Verso.EndToEnd.Tests.Attacks;

/// <summary>A document's script tries to get at whoever looks at it.</summary>
[NeedsSandbox]
public sealed class HostileDocumentTests(Site site)
{
    // Writes down what it got hold of; whatever is refused throws.
    private const string Document = """
        ---
        title: Hostile
        ---

        Look at me.

        ```{=html}
        <script>
        const found = [];
        const attempt = (name, action) => { try { found.push(`${name}: ${action()}`); } catch { found.push(`${name}: refused`); } };
        attempt("cookie", () => document.cookie);
        attempt("storage", () => localStorage.length);
        attempt("parent", () => parent === window ? "refused" : parent.document.title);
        attempt("opener", () => window.opener ? window.opener.document.title : "refused");
        attempt("top", () => { if (top === window) return "refused"; top.location = "about:blank#stolen"; return "left"; });
        const show = () => { document.body.dataset.found = found.join("; "); document.body.append(Object.assign(document.createElement("p"), { textContent: "tried everything" })); };
        const session = (credentials) => fetch("/api/session", { credentials }).then((answer) => answer.json()).then((who) => who.account?.userName ?? "nobody").catch(() => "refused");
        const write = () => fetch("/api/projects", { method: "POST", credentials: "include", headers: { "Content-Type": "application/json" }, body: '{"name":"stolen"}' }).then((answer) => answer.status).catch(() => "refused");
        Promise.all([session("include"), session("same-origin"), write()]).then((answers) => { found.push(`api: ${answers}`); show(); });
        </script>
        ```
        """;

    private const string Nothing =
        "cookie: refused; storage: refused; parent: refused; opener: refused; top: refused; api: refused,refused,refused";

    [Fact]
    public async Task In_the_preview_it_reaches_nothing()
    {
        await using var ada = await site.DemoAsync();
        await ada.CreateProjectAsync("Hostile", Document);

        await ada.RenderAsync();
        await ada.Preview.GetByText("tried everything").WaitForAsync();

        (await ada.Preview.Locator("body").GetAttributeAsync("data-found")).ShouldBe(Nothing);
        ada.Page.Url.ShouldContain("/project/");
        await ada.Page.GotoAsync("/");
        (await ada.Page.GetByText("stolen").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task On_its_published_page_it_reaches_nothing_of_a_reader_who_is_signed_in()
    {
        await using var ada = await site.DemoAsync();
        var project = await ada.CreateProjectAsync("Hostile page", Document);
        var published = await ada.ApiAsync("POST", $"/api/projects/{project}/publish", new { });

        await ada.Page.GotoAsync(published.GetProperty("url").GetString()!);
        await ada.Page.GetByText("tried everything").WaitForAsync();

        (await ada.Page.Locator("body").GetAttributeAsync("data-found")).ShouldBe(Nothing);
    }
}
