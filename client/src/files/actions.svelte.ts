import { createFile, deleteFile, moveFile, readContent } from "../api/files";
import { changeProject } from "../api/projects";
import type { Workspace } from "../editor/workspace.svelte";
import { notices } from "../shell/notices.svelte";
import { join, nameOf, pathFault, type Node } from "./tree";

/** What a dialog asks somebody about. */
export type Asked =
    { kind: "file" | "folder"; folder: string } | { kind: "rename"; node: Node } | { kind: "delete"; node: Node };

/** What can be done with a project's files. */
export class FileActions {
    constructor(private readonly workspace: Workspace) {}

    async download(path: string): Promise<boolean> {
        return this.#changing(async (project) => {
            const link = document.createElement("a");
            link.href = URL.createObjectURL(await readContent(project, path));
            link.download = nameOf(path);
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
        });
    }

    async create(path: string): Promise<boolean> {
        return this.#changing(async (project) => {
            await createFile(project, path);
            await this.workspace.refresh();
            await this.workspace.show({ kind: "file", path });
        });
    }

    startWriting(): void {
        this.workspace.focus();
    }

    createFolder(path: string): boolean {
        this.workspace.emptyFolders = [...this.workspace.emptyFolders, path];
        return true;
    }

    async move(from: string, to: string): Promise<boolean> {
        if (from === to || to.startsWith(`${from}/`)) return true;
        const open = this.workspace.open?.path;
        const moves = open === from || open?.startsWith(`${from}/`);
        return this.#changing(async (project) => {
            if (moves) await this.workspace.autosave?.flush();
            this.workspace.emptyFolders = this.workspace.emptyFolders.map((path) => (path === from ? to : path));
            if (this.workspace.project.files.some((file) => file.path === from || file.path.startsWith(`${from}/`)))
                await moveFile(project, from, to);
            if (moves) this.workspace.forgetOpen();
            await this.workspace.refresh();
            if (moves) await this.workspace.show({ kind: "file", path: to + open!.slice(from.length) });
        });
    }

    async remove(path: string): Promise<boolean> {
        return this.#changing(async (project) => {
            const open = this.workspace.open?.path;
            if (open === path || open?.startsWith(`${path}/`)) {
                this.workspace.forgetOpen();
                this.workspace.place = null;
            }
            this.workspace.emptyFolders = this.workspace.emptyFolders.filter(
                (folder) => folder !== path && !folder.startsWith(`${path}/`),
            );
            if (this.workspace.project.files.some((file) => file.path === path || file.path.startsWith(`${path}/`)))
                await deleteFile(project, path);
            await this.workspace.refresh();
        });
    }

    /** What cannot be taken is said, and keeps nothing else from being taken. */
    async upload(files: File[], folder: string): Promise<void> {
        let done = 0;
        for (const file of files) {
            const path = join(folder, file.name);
            const isDone = await this.#changing(async (project) => {
                const fault = pathFault(path, this.workspace.project.files);
                if (fault) throw new Error(fault);
                await createFile(project, path, file);
            });
            if (isDone) done++;
        }
        await this.#changing(() => this.workspace.refresh());
        if (done > 0) notices.say(done === 1 ? "The file is there." : `${done} files are there.`);
    }

    async makeMain(path: string): Promise<boolean> {
        return this.#changing(async (project) => {
            await changeProject(project, { rootPath: path });
            await this.workspace.refresh();
        });
    }

    #changing(action: (project: string) => Promise<void>): Promise<boolean> {
        return notices.trying(() => action(this.workspace.project.id));
    }
}
