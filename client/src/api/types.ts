export type Role = "viewer" | "reviewer" | "editor" | "owner";
export type MembershipSource = "owner" | "invitation" | "link";

export interface Account {
    id: string;
    name: string;
    email: string;
    isAdministrator: boolean;
    mayInstall: boolean;
}

/** Who is here, and what this server allows. */
export interface Session {
    account: Account | null;
    registrationOpen: boolean;
    environmentsEnabled: boolean;
}

export interface ProjectSummary {
    id: string;
    name: string;
    role: Role;
    owner: string;
    changedAt: string;
    isArchived: boolean;
    isPublished: boolean;
}

export interface Project extends ProjectSummary {
    /** Counted up with every change. */
    version: number;
    /** The document that is compiled; null for the one that the server chooses. */
    rootPath: string | null;
    source: MembershipSource | null;
    mayWrite: boolean;
    mayInstall: boolean;
    /** Why not. */
    installReason: string | null;
    files: ProjectFile[];
}

export interface ProjectFile {
    path: string;
    /** Names the content. */
    hash: string;
    size: number;
    isText: boolean;
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
    advice?: Advice;
    file?: string | null;
    line?: number | null;
    cell?: string | null;
    raw?: string | null;
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
    type: string;
    size: number;
    /** Where it is to be had, without a cookie and for a while. */
    url: string;
}

export interface Build {
    id: string;
    status: BuildStatus;
    /** A sentence, where there is more to say than the status does. */
    error: string | null;
    /** The project's version that was compiled. */
    version: number;
    at: string;
    mainPath: string | null;
    files: OutputFile[];
    entries: LogEntry[];
    environment: EnvironmentReport | null;
    timings: Record<string, number>;
}

export interface PackageVersion {
    name: string;
    version: string;
}

export interface EnvironmentReport {
    state: "reused" | "built" | "base";
    key: string | null;
    reason: string | null;
    seconds: number;
    packages: PackageVersion[];
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

/** A project's packages, and the environment that they are in. */
export interface Packages {
    text: string;
    hash: string | null;
    mayInstall: boolean;
    installReason: string | null;
    state: "none" | "ready" | "building" | "failed" | "missing" | "not-allowed" | "disabled";
    /** In words, when it failed. */
    reason: string | null;
    log: string | null;
    faults: RequirementFault[];
    packages: PackageVersion[];
    /** Bytes. */
    size: number | null;
    resolvedAt: string | null;
}

export interface Member {
    accountId: string;
    name: string;
    role: Role;
    source: MembershipSource;
}

export interface Invitation {
    id: string;
    addressee: string;
    role: Role;
    expiresAt: string;
}

export interface ShareLinks {
    viewer: string | null;
    editor: string | null;
}

export interface Sharing {
    members: Member[];
    invitations: Invitation[];
    links: ShareLinks;
}

export interface Version {
    number: number;
    at: string;
    author: string | null;
    summary: string;
}

export interface Publication {
    url: string;
    publishedAt: string;
    version: number;
}
