import { expect, test } from "vitest";
import { pinned } from "../src/packages/pin";

const packages = [
    { name: "opencv-python", version: "4.12.0.88" },
    { name: "requests", version: "2.32.4" },
];

test.each([
    ["opencv_python>=4", "opencv_python==4.12.0.88"],
    ["Requests[socks] >=2,<3  # for downloads", "Requests[socks]==2.32.4  # for downloads"],
    ['requests>=2 ; python_version < "3.14"', 'requests==2.32.4 ; python_version < "3.14"'],
    ["# requests", "# requests"],
    ["", ""],
    ["pandas", "pandas"],
])("%j is pinned as %j", (line, expected) => {
    expect(pinned(line, packages)).toBe(expected);
});
