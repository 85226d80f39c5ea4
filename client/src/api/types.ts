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
    /** Names the text; null while there is none. */
    eTag: string | null;
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
    publishedAt: string;
    version: number;
}
