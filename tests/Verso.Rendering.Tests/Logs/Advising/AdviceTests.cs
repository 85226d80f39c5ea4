using System.Text.Json;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Tests.Logs.Advising;

public sealed class AdviceTests
{
    [Fact]
    public void It_can_be_read_by_programs() =>
        JsonSerializer
            .Serialize(
                new Advice(AdviceKind.AddPackage, "cv2", "opencv-python", "opencv-python"),
                JsonSerializerOptions.Web
            )
            .ShouldBe("""{"kind":0,"module":"cv2","package":"opencv-python","requirementLine":"opencv-python"}""");
}
