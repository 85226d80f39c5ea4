import type { PackageVersion } from "../api/types";

const requirement = /^(\s*)([A-Za-z0-9][\w.-]*)(\s*\[[^\]]*\])?\s*([^;#]*?)\s*?(;[^#]*?)?(\s*#.*)?$/;

/** The requirements with the exact versions that they resolved to; lines of packages that are not there stay as they are. */
export function pinned(text: string, packages: PackageVersion[]): string {
    const versions = new Map(packages.map(({ name, version }) => [normalized(name), version]));
    return text
        .split("\n")
        .map((line) => {
            const [, indent, name, extras, , marker, comment] = requirement.exec(line) ?? [];
            const version = name && versions.get(normalized(name));
            if (!version) return line;
            return `${indent}${name}${extras ?? ""}==${version}${marker ? ` ${marker.trim()}` : ""}${comment ?? ""}`;
        })
        .join("\n");
}

const normalized = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
