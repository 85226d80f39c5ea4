/** A request that was refused or could not be made. The message is a sentence for the person. */
export class ApiError extends Error {
    constructor(
        message: string,
        /** 0 when there was no answer. */
        readonly status: number,
        /** What the server adds for programs. */
        readonly problem: Problem = {},
        /** After how many seconds it may be tried again; 0 when that is not said. */
        readonly retryAfter = 0,
    ) {
        super(message);
    }

    get isOffline(): boolean {
        return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
    }
}

export interface Problem {
    title?: string;
    detail?: string;
    code?: string;
    errors?: Record<string, string[]>;
    [name: string]: unknown;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

let antiforgeryToken = "";
let linkToken: string | null = null;

/** Sent with every request that changes something: no other page has it. */
export function useAntiforgeryToken(token: string): void {
    antiforgeryToken = token;
}

let signedOut: () => void = () => undefined;

/** @param listener is called whenever the server does not know (any more) who is here */
export function whenSignedOut(listener: () => void): void {
    signedOut = listener;
}

/** What somebody who is not signed in came by. */
export function useShareLink(token: string | null): void {
    linkToken = token;
}

/** @throws ApiError */
export async function call<T = void>(method: Method, path: string, body?: unknown, options: Options = {}): Promise<T> {
    const response = await send(method, path, body, options);
    if (response.status === 204) return undefined as T;
    const type = response.headers.get("Content-Type") ?? "";
    return (type.includes("json") ? await response.json() : await response.text()) as T;
}

interface Options {
    headers?: Record<string, string>;
    keepalive?: boolean;
}

/** As `call`, for whoever needs the answer's headers. */
export async function send(method: Method, path: string, body?: unknown, options: Options = {}): Promise<Response> {
    const response = await request(method, path, body, options);
    if (response.ok) return response;
    const refused = await refusal(response);
    // Somebody signed in or out in another tab: this page's token is the old one's.
    if (!isStale(refused)) throw known(refused, path);
    const session = await request("GET", "/api/session", undefined, {});
    useAntiforgeryToken(((await session.json()) as { antiforgeryToken: string }).antiforgeryToken);
    const again = await request(method, path, body, options);
    if (!again.ok) throw known(await refusal(again), path);
    return again;
}

function known(refused: ApiError, path: string): ApiError {
    // There, it says that name and password do not go together.
    if (refused.status === 401 && path !== "/api/session") signedOut();
    return refused;
}

const isStale = (error: ApiError): boolean => error.status === 400 && error.message.includes("antiforgery token");

async function request(method: Method, path: string, body: unknown, options: Options): Promise<Response> {
    const isRaw = body instanceof Blob;
    const headers: Record<string, string> = {
        Accept: "application/json",
        ...headersOfCaller(method),
        ...(body === undefined || isRaw ? {} : { "Content-Type": "application/json" }),
        ...options.headers,
    };
    try {
        return await fetch(path, {
            method,
            headers,
            body: body === undefined ? null : isRaw ? body : JSON.stringify(body),
            keepalive: options.keepalive ?? false,
            credentials: "same-origin",
        });
    } catch {
        throw new ApiError("The server cannot be reached.", 0);
    }
}

export function headersOfCaller(method: Method): Record<string, string> {
    return {
        ...(method === "GET" ? {} : { "Verso-Antiforgery": antiforgeryToken }),
        ...(linkToken === null ? {} : { "Verso-Share-Link": linkToken }),
    };
}

async function refusal(response: Response): Promise<ApiError> {
    let problem: Problem = {};
    try {
        problem = (await response.json()) as Problem;
    } catch {
        // No body, or one that a proxy wrote.
    }
    const retryAfter = Number(response.headers.get("Retry-After")) || 0;
    return new ApiError(sentence(response.status, problem), response.status, problem, retryAfter);
}

/** What a refusal says: the server's own words, else what its status means. */
export function sentence(status: number, problem: Problem): string {
    const faults = Object.values(problem.errors ?? {}).flat();
    if (faults.length > 0) return faults.join(" ");
    return problem.detail ?? problem.title ?? meanings[status] ?? `The server answered ${status}.`;
}

const meanings: Record<number, string> = {
    401: "You are signed out. Sign in again to go on.",
    403: "You may not do that here.",
    404: "That is not here any more.",
    409: "Somebody else changed that in the meantime.",
    413: "That is too large to upload.",
    429: "That was too often. Wait a moment and try again.",
    502: "The server cannot be reached.",
    503: "The server is busy. Try again in a moment.",
    504: "The server cannot be reached.",
    507: "The server has no room left. Ask its operator.",
};

/** A path of which each part is escaped. */
export function url(strings: TemplateStringsArray, ...parts: string[]): string {
    return strings.reduce((text, piece, i) => text + encodeURIComponent(parts[i - 1] ?? "") + piece);
}
