import type { ProjectFile } from "../api/types";

export interface Node {
    name: string;
    path: string;
    /** Null for a folder. */
    file: ProjectFile | null;
    children: Node[];
}

export const requirementsFile = "requirements.vrf";

/** The files as folders: folders first, then by name, numbers in their order. Packages have a panel of their own. */
export function treeOf(files: ProjectFile[], emptyFolders: string[] = []): Node[] {
    const root: Node = { name: "", path: "", file: null, children: [] };
    const folders = new Map([["", root]]);
    const folder = (path: string): Node => {
        const known = folders.get(path);
        if (known) return known;
        const made: Node = { name: nameOf(path), path, file: null, children: [] };
        folders.set(path, made);
        folder(parentOf(path)).children.push(made);
        return made;
    };
    for (const path of emptyFolders) folder(path);
    for (const file of files) {
        if (file.path === requirementsFile) continue;
        folder(parentOf(file.path)).children.push({ name: nameOf(file.path), path: file.path, file, children: [] });
    }
    sort(root);
    return root.children;
}

/** The nodes that are in sight, in their order, with how deep each stands. */
export function visible(nodes: Node[], isOpen: (path: string) => boolean, depth = 0): { node: Node; depth: number }[] {
    return nodes.flatMap((node) => [
        { node, depth },
        ...(node.file === null && isOpen(node.path) ? visible(node.children, isOpen, depth + 1) : []),
    ]);
}

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

/** What is wrong with a path for a new file; null when nothing is. */
export function pathFault(path: string, files: ProjectFile[]): string | null {
    if (path.trim() === "") return "Give it a name.";
    if (path === requirementsFile) return "Packages have an editor of their own, above the files.";
    if (path.split("/").some((part) => part === "" || part === "." || part === ".."))
        return "A name cannot be empty, '.' or '..'.";
    if (/[\\\p{Cc}]/u.test(path)) return "A name cannot have '\\' or control characters in it.";
    if (files.some((file) => file.path === path || file.path.startsWith(`${path}/`)))
        return `${path} is there already.`;
    return null;
}

// Made once: a thousand names are compared ten thousand times.
const order = new Intl.Collator(undefined, { numeric: true });

function sort(node: Node): void {
    node.children.sort((a, b) => Number(a.file !== null) - Number(b.file !== null) || order.compare(a.name, b.name));
    node.children.forEach(sort);
}
