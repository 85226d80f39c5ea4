import { readText, saveText } from "../api/files";
import { readProject, readVersion } from "../api/projects";
import type { Project, ProjectFile } from "../api/types";
import { Compiler } from "../compile/compiler.svelte";
import { PackagesState } from "../packages/packages.svelte";
import { remember, remembered } from "../shell/remembered";
import { Autosave, type Store } from "./autosave.svelte";
import { Drafts } from "./drafts";
import type { EditorHandle } from "./handle";
import { changesBetween, merge } from "./merge";

/** What is in the middle of the page. */
export type Place = { kind: "file"; path: string } | { kind: "packages" };

/** A text file that is open. */
export interface OpenFile {
    path: string;
    /** What its editor starts with. */
    text: string;
    stored: { text: string; version: string };
}

/** One project, open in the editor. */
export class Workspace {
    project = $state<Project>()!;
    place = $state<Place | null>(null);
    open = $state<OpenFile | null>(null);
    autosave = $state<Autosave | null>(null);
    /** Folders that hold nothing yet: the server knows files alone. */
    emptyFolders = $state<string[]>([]);
    readonly compiler: Compiler;
    readonly packages: PackagesState;

    #editor: EditorHandle | null = null;
    #line: number | null = null;
    #timer: ReturnType<typeof setInterval> | undefined;

    private constructor(project: Project) {
        this.project = project;
        this.compiler = new Compiler(
            project.id,
            () => this.autosave?.flush() ?? Promise.resolve(),
            () => void this.packages.read(),
        );
        this.packages = new PackagesState(project.id);
    }

    static async load(id: string): Promise<Workspace> {
        const workspace = new Workspace(await readProject(id));
        workspace.#timer = setInterval(() => void workspace.#look(), 10_000);
        const path = remembered(`open.${id}`, "");
        const first =
            workspace.#text(path) ?? workspace.mainFile ?? workspace.project.files.find((file) => file.isText);
        if (first) await workspace.show({ kind: "file", path: first.path });
        void workspace.compiler.read().catch(() => undefined);
        void workspace.packages.read();
        return workspace;
    }

    /** The document that is compiled. */
    get mainFile(): ProjectFile | undefined {
        const documents = this.project.files.filter((file) => /\.(qmd|md)$/i.test(file.path));
        return (
            this.#text(this.project.rootPath ?? "") ?? this.#text("index.qmd") ?? this.#text("main.qmd") ?? documents[0]
        );
    }

    async show(place: Place, line?: number): Promise<void> {
        this.#line = line ?? null;
        if (place.kind === "file" && this.open?.path === place.path && this.place?.kind === "file") {
            this.#reveal();
            return;
        }
        await this.#leave();
        this.place = place;
        if (place.kind !== "file") return;
        remember(`open.${this.project.id}`, place.path);
        if (!this.#text(place.path)) return;
        const stored = await readText(this.project.id, place.path);
        const text = new Drafts(this.project.id, place.path)
            .take()
            .reduce((theirs, draft) => merge(draft.base, draft.text, theirs), stored.text);
        if (this.place === place || (this.place?.kind === "file" && this.place.path === place.path))
            this.open = { path: place.path, text, stored };
    }

    /** The editor of the open file is on the screen. */
    attach(file: OpenFile, editor: EditorHandle): void {
        this.#editor = editor;
        this.autosave = new Autosave(
            file.stored,
            storeOf(this.project.id, file.path),
            { text: () => editor.text(), replace: (text) => editor.apply(changesBetween(editor.text(), text)) },
            new Drafts(this.project.id, file.path),
        );
        if (file.text !== file.stored.text) this.autosave.changed();
        this.#reveal();
    }

    typed(): void {
        this.autosave?.changed();
        this.compiler.typed();
    }

    /** Reads anew what the server has, such as after the connection was lost. */
    async refresh(): Promise<void> {
        this.project = await readProject(this.project.id);
        const file = this.open && this.#text(this.open.path);
        if (file && this.autosave && file.eTag !== this.autosave.version) await this.autosave.pull();
    }

    leaving(): void {
        this.autosave?.leave();
    }

    async close(): Promise<void> {
        clearInterval(this.#timer);
        this.compiler.close();
        await this.#leave();
    }

    /** A file is gone, or has another name: its editor must not write it anew. */
    forgetOpen(): void {
        this.open = this.autosave = this.#editor = null;
    }

    async #leave(): Promise<void> {
        await this.autosave?.close();
        this.forgetOpen();
    }

    #text(path: string): ProjectFile | undefined {
        return this.project.files.find((file) => file.path === path && file.isText);
    }

    #reveal(): void {
        if (this.#line !== null) this.#editor?.reveal(this.#line);
        this.#line = null;
    }

    /** Looks whether somebody else has changed the project. */
    async #look(): Promise<void> {
        if (document.hidden) return;
        try {
            if ((await readVersion(this.project.id)) !== this.project.version) await this.refresh();
        } catch {
            // Looked for again soon.
        }
    }
}

function storeOf(project: string, path: string): Store {
    return {
        load: () => readText(project, path),
        save: (text, onto, leaving) => saveText(project, path, text, onto, leaving),
    };
}
