import { posix } from "node:path";

/** A part of the repository and what its files may import from the other parts. */
export interface Room {
  name: string;
  /** Own files, given the target's path and whether the import is erased before running. */
  mayImport(file: string, target: string, typeOnly: boolean): boolean;
  /** Packages it may use; all when absent. */
  packages?: RegExp;
}

const SHARED = "supabase/functions/_shared/";
const CONTRACTS = `${SHARED}contracts/`;
const CORE = `${SHARED}core/`;
const DB = `${SHARED}db/`;
const PROVIDERS = `${SHARED}providers/`;
const HTTP = `${SHARED}http/`;
const WIRING = `${SHARED}wiring/`;
const GENERATED_TYPES = `${DB}database.types.ts`;
const WEB_FEATURE = /^web\/src\/features\/([^/]+)\//;
const FUNCTION_FILE = /^supabase\/functions\/([^/_][^/]*)\//;

const within = (...prefixes: string[]) => (target: string) =>
  prefixes.some((prefix) => target.startsWith(prefix));

const contractsAndCore = within(CONTRACTS, CORE);

const contracts: Room = { name: "contracts", mayImport: (_f, t) => within(CONTRACTS)(t), packages: /^zod$/ };
const core: Room = { name: "core", mayImport: (_f, t) => within(CORE)(t), packages: /^(zod|node:.*)$/ };
const db: Room = {
  name: "db",
  mayImport: (_f, t) => within(DB, CORE)(t),
  packages: /^(@supabase\/supabase-js|zod)$/,
};
const providers: Room = {
  name: "providers",
  mayImport: (file, t) => within(CORE, `${posix.dirname(file)}/`)(t),
  packages: /^zod$/,
};
const http: Room = {
  name: "http",
  mayImport: (_f, t) => within(HTTP, CORE, CONTRACTS)(t) || t === `${DB}clients.ts`,
  packages: /^(hono|jose|zod|@hono\/.*|@supabase\/supabase-js)$/,
};
const wiring: Room = { name: "wiring", mayImport: (_f, t) => within(CORE, DB, PROVIDERS, HTTP, WIRING)(t) };
const rules: Room = {
  name: "rules",
  mayImport: (file, t, typeOnly) =>
    contractsAndCore(t) || isOwn(file, t, /\/rules(\.ts|\/)/) || (typeOnly && within(DB, PROVIDERS)(t)),
  packages: /^zod$/,
};
/** What one outside platform means to the use cases of a function. */
const platforms: Room = {
  name: "platforms",
  mayImport: (file, t) => contractsAndCore(t) || within(PROVIDERS)(t) || isOwn(file, t, /\/platforms\//),
  packages: /^zod$/,
};
/** What a video file says of itself. */
const media: Room = {
  name: "media",
  mayImport: (file, t) => within(CONTRACTS, CORE)(t) || isOwn(file, t, /\/media\//),
  packages: /^(zod|mediabunny)$/,
};
const service: Room = {
  name: "service",
  mayImport: (file, t, typeOnly) =>
    contractsAndCore(t) || isOwn(file, t, /\/(rules|services?)(\.ts|\/)/) ||
    (typeOnly && (within(DB, PROVIDERS)(t) || isOwn(file, t, /\/(platforms|media)\//))),
  packages: /^zod$/,
};
const router: Room = {
  name: "router",
  mayImport: (file, t) =>
    within(HTTP, CONTRACTS)(t) || isOwn(file, t, /\/(services?|routes|router)(\.ts|\/)/),
  packages: /^(hono|zod|@hono\/.*)$/,
};
const index: Room = { name: "index", mayImport: (file, t) => within(SHARED)(t) || isOwn(file, t, /./) };
const web: Room = {
  name: "web",
  mayImport: (file, t, typeOnly) =>
    within(CONTRACTS)(t) || (typeOnly && t === GENERATED_TYPES) ||
    (within("web/")(t) && !crossesFeatures(file, t)),
};
const extension: Room = {
  name: "extension",
  mayImport: (_f, t, typeOnly) => within(CONTRACTS, "extension/")(t) || (typeOnly && t === GENERATED_TYPES),
};
const sandbox: Room = {
  name: "sandbox",
  mayImport: (_f, t) => within("sandbox/")(t),
  packages: /^(hono|@hono\/.*|zod|node:.*)$/,
};
const stack: Room = { name: "stack", mayImport: (_f, t) => within("stack/")(t) };
const scripts: Room = { name: "scripts", mayImport: (_f, t) => within("scripts/")(t) };
const bench: Room = { name: "bench", mayImport: (_f, t) => !within("tests/e2e/")(t) };
const tests: Room = { name: "tests", mayImport: () => true };

/** The room a file belongs to, or undefined for a file nobody placed. */
export function roomOf(file: string): Room | undefined {
  if (file.startsWith(CONTRACTS)) return contracts;
  if (file.startsWith(CORE)) return core;
  if (file.startsWith(DB)) return db;
  if (file.startsWith(PROVIDERS)) return providers;
  if (file.startsWith(HTTP)) return http;
  if (file.startsWith(WIRING)) return wiring;
  if (FUNCTION_FILE.test(file)) return functionRoom(file);
  const top = { web, extension, sandbox, stack, scripts, bench, tests };
  return top[file.split("/")[0] as keyof typeof top];
}

function functionRoom(file: string): Room {
  const inside = file.replace(FUNCTION_FILE, "");
  if (/^rules(\.ts|\/)/.test(inside)) return rules;
  if (/^services?(\.ts|\/)/.test(inside)) return service;
  if (/^platforms\//.test(inside)) return platforms;
  if (/^media\//.test(inside)) return media;
  if (/^(router\.ts|routes\/)/.test(inside)) return router;
  return index;
}

function isOwn(file: string, target: string, pattern: RegExp): boolean {
  const own = FUNCTION_FILE.exec(file)?.[0];
  return own !== undefined && target.startsWith(own) && pattern.test(target);
}

/** Features never import each other; routes and the shell compose them. */
function crossesFeatures(file: string, target: string): boolean {
  const from = WEB_FEATURE.exec(file)?.[1];
  const to = WEB_FEATURE.exec(target)?.[1];
  return from !== undefined && to !== undefined && from !== to;
}
