using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

public sealed class FilesTests(Site site)
{
    // A picture of one pixel.
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public async Task A_file_is_dragged_into_a_folder()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync("Dragged", "text\n");
        await ada.Button("New folder").ClickAsync();
        await ada.Page.Keyboard.TypeAsync("parts");
        await ada.Page.Keyboard.PressAsync("Enter");

        await ada.File("index.qmd").DragToAsync(ada.File("parts"));

        await ada.File("parts/index.qmd").WaitForAsync();
        (await PathsAsync(ada, project)).ShouldBe(["parts/index.qmd"]);
        await ada.Editor.GetByText("text").WaitForAsync();
    }

    [Fact]
    public async Task Files_from_outside_are_dropped_into_a_folder_and_one_that_cannot_be_taken_stops_no_other()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync("Dropped", "text\n");
        await ada.ApiAsync("POST", $"/api/projects/{project}/move", new { from = "index.qmd", to = "data/a.csv" });
        await ada.File("data").WaitForAsync();

        var dropped = await ada.Page.EvaluateHandleAsync(
            """
            () => {
                const dropped = new DataTransfer();
                for (const name of ["a.csv", "b.csv"]) dropped.items.add(new File(["x,y"], name));
                return dropped;
            }
            """
        );
        await ada.File("data").DispatchEventAsync("drop", new { dataTransfer = dropped });

        await ada.File("data/b.csv").WaitForAsync();
        await ada.Page.GetByText("data/a.csv is there already.").WaitForAsync();
        (await PathsAsync(ada, project)).ShouldBe(["data/a.csv", "data/b.csv"]);
    }

    [Fact]
    public async Task An_image_is_shown_and_other_files_that_are_no_text_are_to_download()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Not text", "text\n");

        await ada
            .Page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload[]
                {
                    new()
                    {
                        Name = "dot.png",
                        MimeType = "image/png",
                        Buffer = Convert.FromBase64String(Png),
                    },
                    new()
                    {
                        Name = "data.bin",
                        MimeType = "application/octet-stream",
                        Buffer = [0, 1, 2, 0, 255],
                    },
                }
            );
        await ada.File("dot.png").ClickAsync();
        await ada.Page.GetByAltText("dot.png").WaitForAsync();
        await ada.File("data.bin").ClickAsync();
        var download = await ada.Page.RunAndWaitForDownloadAsync(() => ada.Button("Download").ClickAsync());

        download.SuggestedFilename.ShouldBe("data.bin");
    }

    private static async Task<IEnumerable<string>> PathsAsync(Visitor visitor, string project) =>
        (await visitor.ApiAsync("GET", $"/api/projects/{project}/files"))
            .EnumerateArray()
            .Select(file => file.GetProperty("path").GetString()!);
}
