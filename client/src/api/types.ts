export type Role = "viewer" | "reviewer" | "editor" | "owner";
export type MembershipSource = "owner" | "invitation" | "link";

export interface Account {
    id: string;
    /** What people sign in with. */
    userName: string;
    email: string;
    /** As others see the person. */
    displayName: string;
    isAdministrator: boolean;
    mayInstall: boolean;
}

/** Who is here, and what this server allows. */
export interface Session {
    account: Account | null;
    openRegistration: boolean;
}

export interface ProjectSummary {
    id: string;
    name: string;
    role: Role;
    source: MembershipSource | null;
    changedAt: string;
    isArchived: boolean;
    /** Removed for good a while after this. */
    deletedAt?: string | null;
}

export interface Project extends ProjectSummary {
    /** Counted up with every change. */
    version: number;
    /** The document that is compiled; null for the one that the server chooses. */
    rootPath: string | null;
    mayEdit: boolean;
    mayEditRequirements: boolean;
    /** Whether what the requirements name is there when this person renders. */
    mayInstall: boolean;
    mayPublish: boolean;
    files: ProjectFile[];
}

export interface ProjectFile {
    path: string;
    size: number;
    isText: boolean;
    /** Names the content. */
    eTag: string;
}

export type EntryLevel = "error" | "warning" | "info";

export interface Advice {
    kind: string;
    module: string;
    package?: string;
    /** What to add to the requirements. */
    requirementLine?: string;
}

export interface LogEntry {
    level: EntryLevel;
    message: string;
    advice?: Advice | null;
    file?: string | null;
    line?: number | null;
    cell?: string | null;
    /** What it was read from, such as a traceback. */
    content?: string | null;
}

export type BuildStatus =
    | "success"
    | "failure"
    | "stopped-on-first-error"
    | "terminated"
    | "timedout"
    | "error"
    | "unavailable"
    | "compile-in-progress";

export interface OutputFile {
    path: string;
    size: number;
    /** Where it is shown, to this person and for a while, without a cookie. */
    url: string;
}

export interface Build {
    id: string;
    /** The project's version that was compiled. */
    version: number;
    at: string;
    /** The document; null when none came out. */
    main: OutputFile | null;
    outputs: OutputFile[];
    status: BuildStatus;
    /** A sentence, where there is more to say than the status does. */
    error: string | null;
    entries: LogEntry[];
}

/** A build as the server tells of it. */
export interface Shown extends Omit<Build, "main" | "outputs"> {
    mainPath: string | null;
    files: OutputFile[];
}

export interface PackageVersion {
    name: string;
    version: string;
}

export type Stage = "queued" | "syncing" | "environment" | "cells" | "rendering" | "done";

/** What a compile is doing now. */
export interface CompileEvent {
    stage: Stage;
    message: string;
    place?: number;
    status?: BuildStatus;
}

export interface RequirementFault {
    line: number;
    message: string;
}

/** The text of `requirements.vrf`. */
export interface Requirements {
    text: string;
    /** Names the text; null while there is none. */
    hash: string | null;
    faults: RequirementFault[];
    mayEdit: boolean;
}

/** What a project's requirements resolved to, and whether it is installed. */
export interface EnvironmentView {
    state: "none" | "disabled" | "not-allowed" | "missing" | "building" | "failed" | "ready";
    /** Why it is not ready. */
    reason: string | null;
    /** Why this person may not install. */
    installReason: string | null;
    packages: (PackageVersion & { requested: boolean })[];
    resolvedAt: string | null;
    /** Files last changed by people who may not install: documents run without the packages until these are accepted. */
    unaccepted?: string[];
    /** Of all its files, in bytes. */
    size: number | null;
    /** Of the build that is under way, or failed. */
    log: string | null;
}

export interface Member {
    account: string;
    userName: string;
    displayName: string;
    /** Null when it came through a link that is off. */
    role: Role | null;
    source: MembershipSource;
}

export interface Invitation {
    id: string;
    addressee: string;
    role: Role;
    expiresAt: string;
}

export interface ReceivedInvitation {
    id: string;
    projectName: string;
    invitedBy: string;
    role: Role;
    expiresAt: string;
}

export interface ShareLink {
    kind: "view" | "edit";
    url: string;
}

export interface Version {
    number: number;
    at: string;
    /** A person's name; null for somebody who was not signed in. */
    by: string | null;
    summary: string;
}

export interface Publication {
    url: string;
    buildId: string;
    publishedAt: string;
}

/** What can be gone back to. */
export interface EarlierPage {
    buildId: string;
    at: string;
    version: number;
}
