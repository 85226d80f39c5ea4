import { ApiError } from "../api/http";
import { readText, saveText } from "../api/files";
import { readProject, readVersion } from "../api/projects";
import type { Project, ProjectFile } from "../api/types";
import { Compiler } from "../compile/compiler.svelte";
import { requirementsFile } from "../files/tree";
import { PackagesState } from "../packages/packages.svelte";
import { notices } from "../shell/notices.svelte";
import { remember, remembered } from "../shell/remembered";
import { session } from "../shell/session.svelte";
import { Autosave, type Store } from "./autosave.svelte";
import { Drafts } from "./drafts";
import { Following } from "./following";
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
    /** Where what cannot be saved is kept; null for somebody who may only read, whose earlier drafts are left alone. */
    drafts: Drafts | null;
}

/** Keeps nothing and drops nothing. */
const noDrafts = { keep: () => false, drop: () => undefined };

/** One project, open in the editor. */
export class Workspace {
    project = $state<Project>()!;
    place = $state<Place | null>(null);
    open = $state<OpenFile | null>(null);
    autosave = $state<Autosave | null>(null);
    /** Folders that hold nothing yet: the server knows files alone. */
    emptyFolders = $state<string[]>([]);
    /** Whether it was deleted, or is not shared with this person any more. */
    isGone = $state(false);
    readonly compiler: Compiler;
    readonly packages: PackagesState;

    #editor: EditorHandle | null = null;
    #line: number | null = null;
    readonly #following: Following;

    private constructor(project: Project) {
        this.project = project;
        this.compiler = new Compiler(
            project.id,
            () => this.flush(),
            () => void this.packages.read(),
        );
        this.packages = new PackagesState(project.id);
        this.#following = new Following(
            project.id,
            {
                opened: this.compiler.events.opened,
                compile: this.compiler.events.heard,
                watching: (version) => void this.#isNow(version),
                changed: (version) => void this.#isNow(version),
                packages: () => void this.packages.read(),
            },
            () => this.#ask(),
        );
    }

    static async load(id: string): Promise<Workspace> {
        const workspace = new Workspace(await readProject(id));
        const path = remembered(`open.${id}`, "");
        const first =
            workspace.#text(path) ?? workspace.mainFile ?? workspace.project.files.find((file) => file.isText);
        if (first) await workspace.show({ kind: "file", path: first.path });
        void workspace.compiler.read().catch(() => undefined);
        void workspace.packages.read();
        workspace.#following.start();
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
        if (place.kind !== "file") {
            void this.packages.read();
            return;
        }
        remember(`open.${this.project.id}`, place.path);
        if (!this.#text(place.path)) return;
        const stored = await readText(this.project.id, place.path);
        // Somewhere else by now, or opened meanwhile: drafts are taken once, by what shows them.
        if (this.place?.kind !== "file" || this.place.path !== place.path || this.open?.path === place.path) return;
        const drafts = this.project.mayEdit ? new Drafts(this.project.id, place.path) : null;
        const text = (drafts?.take() ?? []).reduce(
            (theirs, draft) => merge(draft.base, draft.text, theirs),
            stored.text,
        );
        this.open = { path: place.path, text, stored, drafts };
    }

    /** The editor of the open file is on the screen. */
    attach(file: OpenFile, editor: EditorHandle): void {
        this.#editor = editor;
        this.autosave = new Autosave(
            file.stored,
            this.#storeOf(file.path),
            { text: () => editor.text(), replace: (text) => editor.apply(changesBetween(editor.text(), text)) },
            file.drafts ?? noDrafts,
        );
        if (file.text !== file.stored.text) this.autosave.changed();
        this.#reveal();
    }

    /** Puts the cursor into the open file. */
    focus(): void {
        this.#editor?.focus();
    }

    typed(): void {
        this.autosave?.changed();
        this.compiler.typed();
    }

    /** Reads anew what the server has, such as after the connection was lost. */
    async refresh(): Promise<void> {
        const packages = this.#file(requirementsFile)?.eTag;
        const project = await readProject(this.project.id);
        if (project.version < this.project.version) return;
        this.project = project;
        // Whoever looks at them sees too whether a file that changed is to be accepted.
        if (this.#file(requirementsFile)?.eTag !== packages || this.place?.kind === "packages")
            void this.packages.read();
        if (!this.open || !this.autosave) return;
        const file = this.#file(this.open.path);
        // May write (again): opened anew, once, with what could not be saved before.
        if (file && project.mayEdit && !this.open.drafts) {
            this.open.drafts = new Drafts(project.id, file.path);
            await this.#leave();
            if (this.place?.kind === "file" && this.place.path === file.path) await this.show(this.place);
            return;
        }
        if (file && file.eTag !== this.autosave.version) await this.autosave.pull();
        else if (!file && this.autosave.isDirty()) await this.autosave.flush();
        else if (!file) {
            notices.say(`${this.open.path} was deleted or has another name now.`);
            this.forgetOpen();
            this.place = null;
        }
    }

    /** Goes on after somebody was signed out and is signed in again. */
    async resume(): Promise<void> {
        this.#following.again();
        await this.autosave?.flush();
    }

    /** Whether something would be lost if the page went away now. */
    wouldLose(): boolean {
        return this.autosave?.wouldLose() ?? false;
    }

    async flush(): Promise<void> {
        await this.autosave?.flush();
    }

    leaving(): void {
        this.autosave?.leave();
    }

    async close(): Promise<void> {
        this.#following.close();
        this.compiler.close();
        this.packages.close();
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

    #file(path: string): ProjectFile | undefined {
        return this.project.files.find((file) => file.path === path);
    }

    #reveal(): void {
        if (this.#line !== null) this.#editor?.reveal(this.#line);
        this.#line = null;
    }

    async #ask(): Promise<void> {
        try {
            await this.#isNow(await readVersion(this.project.id));
        } catch (error) {
            this.#failed(error);
        }
    }

    /** Another version than the one that is known has changes of somebody else in it. */
    async #isNow(version: number): Promise<void> {
        if (version === this.project.version) return;
        await this.refresh().catch((error: unknown) => this.#failed(error));
    }

    #failed(error: unknown): void {
        if (!(error instanceof ApiError)) return;
        if (error.status !== 404 && (error.status !== 401 || session.account)) return;
        this.isGone = true;
        this.#following.close();
    }

    #storeOf(path: string): Store {
        const { id } = this.project;
        return {
            load: () => readText(id, path),
            save: async (text, onto, leaving) => {
                const answer = await saveText(id, path, text, onto, leaving);
                if ("conflict" in answer) return answer;
                if (onto === "") notices.say(`${path} had been deleted; what you wrote is there again.`);
                this.#saved(path, answer.saved, answer.project);
                return answer;
            },
        };
    }

    /** What was saved from here is known, unless there is more that is new. */
    #saved(path: string, tag: string, version: number): void {
        const file = this.#file(path);
        if (!file || version !== this.project.version + 1) return;
        file.eTag = tag;
        this.project.version = version;
    }
}
