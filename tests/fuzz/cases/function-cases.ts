import type { Case } from "../support/case.ts";
import type { FuzzWorld } from "../support/fuzz-world.ts";
import { fillPath, type Operation, readOperations } from "../support/read-operations.ts";
import { createRandom, type Random } from "../../faults/support/random.ts";
import { listBodyCases, listRandomBodies } from "./body-cases.ts";
import { listFormCases } from "./form-cases.ts";
import { listRequestCases } from "./request-cases.ts";

const MISSING_ID = "99999999-9999-4999-8999-999999999999";

export interface RouteCases {
  readonly title: string;
  readonly cases: readonly Case[];
}

export interface RandomBodies {
  readonly seed: number;
  readonly perRoute: number;
}

/** Bad requests to every route of every function, generated from the documents they serve. */
export async function listFunctionCases(
  { env, foreign }: FuzzWorld,
  { seed, perRoute }: RandomBodies,
): Promise<RouteCases[]> {
  const operations = await readOperations(env.API_URL!);
  const random = createRandom(seed);
  return operations.map((operation) => ({
    title: `${operation.method} ${operation.path}`,
    cases: [
      ...listRequestCases(operation, { foreign: foreign.ids }),
      ...listBodies(operation, random, perRoute),
    ],
  }));
}

function listBodies(operation: Operation, random: Random, count: number): Case[] {
  const { method, body, form } = operation;
  const target = { method, path: `/functions/v1${fillPath(operation, MISSING_ID)}` };
  if (form) return listFormCases(target, form);
  if (!body) return [];
  return [...listBodyCases(target, body), ...listRandomBodies(target, body, random, count)];
}
