import { call, url } from "./http";
import type { Publication } from "./types";

const of = (project: string) => url`/api/projects/${project}/publication`;

export const readPublication = (project: string) => call<Publication | null>("GET", of(project));

export const publish = (project: string) => call<Publication>("POST", of(project));

export const withdraw = (project: string) => call("DELETE", of(project));
