import { badParameter, missingParameter } from "../meta-failure.ts";

/** Parameters which every call may carry. */
const COMMON: readonly string[] = ["access_token", "appsecret_proof", "fields", "format", "pretty", "locale"];

/** The parameters of a call, from its query and its body: the body wins. */
export class Parameters {
  #values: Map<string, string>;
  #files: ReadonlyMap<string, Uint8Array>;

  constructor(values: Map<string, string>, files: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#values = values;
    this.#files = files;
  }

  get(name: string): string | null {
    return this.#values.get(name) ?? null;
  }

  /** Throws code 100 when the parameter is missing or empty. */
  require(name: string): string {
    const value = this.#values.get(name);
    if (value) return value;
    throw missingParameter(name);
  }

  /** Throws code 100 for a parameter that is neither in `names` nor common to all calls. */
  allow(...names: string[]): void {
    for (const name of [...this.#values.keys(), ...this.#files.keys()]) {
      if (!names.includes(name) && !COMMON.includes(name)) {
        throw badParameter(`Param ${name} is not a valid parameter for this call`);
      }
    }
  }

  /** The bytes of a file of a multipart body; null when there is none. */
  getFile(name: string): Uint8Array | null {
    return this.#files.get(name) ?? null;
  }

  /** Throws code 100 for anything but true, false, 1 and 0. */
  getFlag(name: string, fallback: boolean): boolean {
    const value = this.get(name);
    if (value === null) return fallback;
    if (value === "true" || value === "1") return true;
    if (value === "false" || value === "0") return false;
    throw badParameter(`Param ${name} must be a boolean`);
  }

  /** A whole number of `min` to `max`. Throws code 100 for others. */
  getNumber(name: string, fallback: number, min: number, max: number): number {
    const value = this.get(name);
    if (value === null) return fallback;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    throw badParameter(`Param ${name} must be a number between ${min} and ${max}`);
  }

  /** A JSON list of texts. Throws code 100 for anything else. */
  getTexts(name: string): string[] {
    const value = this.get(name);
    if (value === null) return [];
    const list = parseJson(value);
    if (Array.isArray(list) && list.every((entry) => typeof entry === "string")) return list;
    throw badParameter(`Param ${name} must be an array of strings`);
  }
}

/** Reads the query and a form or JSON body. Throws code 100 for a body that is neither. */
export async function readParameters(request: Request): Promise<Parameters> {
  const values = new Map(new URL(request.url).searchParams);
  if (request.body === null) return new Parameters(values);
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) {
    const files = new Map<string, Uint8Array>();
    for (const [name, value] of await readMultipart(request)) {
      if (typeof value === "string") values.set(name, value);
      else files.set(name, await value.bytes());
    }
    return new Parameters(values, files);
  }
  const text = await request.text();
  if (text === "") return new Parameters(values);
  if (type.startsWith("application/json")) {
    for (const [name, value] of readJsonFields(text)) values.set(name, value);
  } else if (type === "" || type.startsWith("application/x-www-form-urlencoded")) {
    for (const [name, value] of new URLSearchParams(text)) values.set(name, value);
  } else {
    throw badParameter(`A body of the type ${type} is not supported`);
  }
  return new Parameters(values);
}

async function readMultipart(request: Request): Promise<[string, FormDataEntryValue][]> {
  try {
    return [...await request.formData()];
  } catch {
    throw badParameter("The multipart body is damaged");
  }
}

function readJsonFields(text: string): [string, string][] {
  const parsed = parseJson(text);
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) {
    throw badParameter("The body is not a JSON object");
  }
  return Object.entries(parsed).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
