import { z } from "zod";
import { createSeededRandom } from "./seeded-random.ts";
import { type ServiceName, SERVICES } from "./services.ts";

/**
 * What can go wrong on demand. `status`, `rate_limit` answer instead of the service; `status_after` and
 * `lost_answer` let the effect happen first; `delay` and `slow_processing` take milliseconds; `drop_after` cuts
 * the connection after that many bytes of the request body (or, for a shorter body, of the answer's body).
 */
export const FAULT_KINDS = [
  "status",
  "status_after",
  "delay",
  "drop_after",
  "lost_answer",
  "rate_limit",
  "revoke",
  "slow_processing",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Kinds that end a connection without a whole answer. */
const CUTTING: readonly FaultKind[] = ["drop_after", "lost_answer"];

const NEEDS_VALUE: readonly FaultKind[] = [
  "status",
  "status_after",
  "delay",
  "drop_after",
  "slow_processing",
];

/**
 * Body of POST /__sandbox/faults. `times: null` means until cleared; `skip` lets N matches through first; `rate` meets
 * only that share of the matches, chosen by `seed`, and a request meets at most one fault that has a rate.
 */
export const faultSchema = z
  .object({
    service: z.enum(SERVICES),
    method: z.string().trim().min(1).default("*").transform((method) => method.toUpperCase()),
    path: z.string().min(1).default("*"),
    kind: z.enum(FAULT_KINDS),
    value: z.number().int().min(0).nullish(),
    /** Seconds which a `status` fault sends as Retry-After. */
    retry_after: z.number().int().min(0).optional(),
    times: z.number().int().min(1).nullable().default(1),
    skip: z.number().int().min(0).default(0),
    rate: z.number().gt(0).max(1).optional(),
    seed: z.number().int().min(0).optional(),
  })
  .superRefine((fault, context) => {
    const value = fault.value ?? null;
    if (value === null && NEEDS_VALUE.includes(fault.kind)) {
      context.addIssue({ code: "custom", path: ["value"], message: `A ${fault.kind} fault needs a value.` });
    }
    const isStatus = fault.kind === "status" || fault.kind === "status_after";
    if (isStatus && value !== null && (value < 200 || value > 599)) {
      context.addIssue({ code: "custom", path: ["value"], message: "A status is between 200 and 599." });
    }
  });

export type FaultInput = z.output<typeof faultSchema>;

export interface Fault extends Omit<FaultInput, "value"> {
  id: number;
  value: number | null;
  fired: number;
}

/** A fault that fires for one request. `release` gives the turn back when the fault had no effect. */
export interface FiredFault {
  kind: FaultKind;
  value: number | null;
  retryAfterS: number | null;
  release(): void;
}

/** Holds the faults of all services and decides which of them a request meets. */
export class FaultEngine {
  #faults: Fault[] = [];
  #draws = new Map<number, () => number>();
  #nextId = 1;
  #cutListeners: { service: ServiceName; listener: () => void }[] = [];

  /** Calls `listener` whenever a fault was added that will cut a connection of the service. */
  onCutAdded(service: ServiceName, listener: () => void): void {
    this.#cutListeners.push({ service, listener });
  }

  add(input: FaultInput): Fault {
    const fault: Fault = { ...input, value: input.value ?? null, id: this.#nextId++, fired: 0 };
    this.#faults.push(fault);
    this.#draws.set(fault.id, createSeededRandom(fault.seed ?? 1));
    if (CUTTING.includes(fault.kind)) {
      for (const { service, listener } of this.#cutListeners) if (service === fault.service) listener();
    }
    return fault;
  }

  /** Whether some request of the service may still be cut. */
  hasPendingCut(service: ServiceName): boolean {
    return this.#faults.some((fault) =>
      fault.service === service && CUTTING.includes(fault.kind) && !isSpent(fault)
    );
  }

  list(service?: ServiceName): Fault[] {
    return this.#faults.filter((fault) => service === undefined || fault.service === service);
  }

  clear(service?: ServiceName): void {
    this.#faults = service === undefined ? [] : this.#faults.filter((fault) => fault.service !== service);
  }

  /** Takes one turn of every fault that matches; preflights are only met by faults that name OPTIONS. */
  take(service: ServiceName, method: string, path: string): FiredFault[] {
    const fired: FiredFault[] = [];
    let isRateMet = false;
    for (const fault of this.#faults) {
      if (fault.service !== service || !matchesMethod(fault.method, method)) continue;
      if (isSpent(fault)) continue;
      if (!matchesPath(fault.path, path)) continue;
      if (fault.skip > 0) {
        fault.skip--;
        continue;
      }
      if (fault.rate !== undefined) {
        // Drawn for every match, so that the choice depends on no other fault.
        const isHit = this.#draws.get(fault.id)!() < fault.rate;
        if (!isHit || isRateMet) continue;
        isRateMet = true;
      }
      fault.fired++;
      fired.push({
        kind: fault.kind,
        value: fault.value,
        retryAfterS: fault.retry_after ?? null,
        release: () => void fault.fired--,
      });
    }
    return fired;
  }
}

function isSpent(fault: Fault): boolean {
  return fault.times !== null && fault.fired >= fault.times;
}

function matchesMethod(wanted: string, method: string): boolean {
  return wanted === method || (wanted === "*" && method !== "OPTIONS");
}

/** `*` stands for any characters, slashes included; the path may be given encoded or decoded. */
function matchesPath(pattern: string, path: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  const expression = new RegExp(`^${source}$`, "s");
  return expression.test(path) || expression.test(decodePath(path));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
