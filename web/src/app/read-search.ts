import type { Marketplace } from "../../../supabase/functions/_shared/contracts/marketplaces.ts";
import type { TaskStatus } from "../../../supabase/functions/_shared/contracts/tasks.ts";
import type { PostView } from "../features/publish/rules/listed-post.ts";
import { MARKETPLACE_NAMES } from "../lib/marketplace-names.ts";

// Types only from the contracts: this file is part of the first download, which does without zod.
const TASK_VIEWS: Record<TaskStatus | "all", true> = {
  pending: true,
  completed: true,
  skipped: true,
  all: true,
};

const POST_VIEWS: Record<PostView, true> = {
  all: true,
  attention: true,
  planned: true,
  published: true,
  drafts: true,
  canceled: true,
};

interface TaskSearch {
  marketplace?: Marketplace;
  /** Pending when absent; `all` has to be said. */
  status?: TaskStatus | "all";
}

type Search = Record<string, unknown>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const readText = (value: unknown) => typeof value === "string" && value !== "" ? value : undefined;

const readKeyOf = <T extends string>(value: unknown, allowed: Record<T, unknown>): T | undefined =>
  typeof value === "string" && Object.hasOwn(allowed, value) ? value as T : undefined;

/** Each address keeps only what it understands; anything else is dropped without an error. */
export const readSearch = {
  signIn: (search: Search): { next?: string; closed?: boolean } => ({
    next: readText(search.next),
    closed: search.closed === true || undefined,
  }),
  confirmEmail: (search: Search): { email?: string; expired?: boolean } => ({
    email: readText(search.email),
    expired: search.expired === true || undefined,
  }),
  forgotPassword: (search: Search): { expired?: boolean } => ({
    expired: search.expired === true || undefined,
  }),
  products: (search: Search): { q?: string; status?: string; add?: boolean } => {
    const status = readText(search.status);
    return {
      q: readText(typeof search.q === "number" ? String(search.q) : search.q),
      status: status && UUID.test(status) ? status : undefined,
      add: search.add === true || undefined,
    };
  },
  videos: (search: Search): { show?: "unlinked" } => ({ show: readKeyOf(search.show, { unlinked: true }) }),
  posts: (search: Search): { q?: string; view?: PostView } => ({
    q: readText(typeof search.q === "number" ? String(search.q) : search.q),
    view: readKeyOf(search.view, POST_VIEWS),
  }),
  tasks: (search: Search): TaskSearch => ({
    marketplace: readKeyOf(search.marketplace, MARKETPLACE_NAMES),
    status: readKeyOf(search.status, TASK_VIEWS),
  }),
};
