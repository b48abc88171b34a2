import { Hono } from "hono";
import { z } from "zod";
import { faultSchema } from "./faults.ts";
import type { FaultEngine } from "./faults.ts";
import type { Provider } from "./provider.ts";
import type { RequestLog } from "./request-log.ts";
import { SERVICES } from "./services.ts";
import type { SettingsStore } from "./settings.ts";

export interface ControlDeps {
  providers: readonly Provider[];
  faults: FaultEngine;
  settings: SettingsStore;
  log: RequestLog;
  reset(): Promise<void>;
}

const serviceSchema = z.enum(SERVICES);
const settingsSchema = z.looseObject({ service: serviceSchema });

/** The JSON API at /__sandbox that tests use to look into the simulators and to break them. */
export function createControlApi(deps: ControlDeps): Hono {
  const api = new Hono();

  api.post("/reset", async (c) => {
    await deps.reset();
    return c.json({ ok: true });
  });

  api.post("/faults", async (c) => {
    const input = faultSchema.safeParse(await readJson(c.req.raw));
    if (!input.success) return c.json({ error: z.prettifyError(input.error) }, 400);
    return c.json(deps.faults.add(input.data), 201);
  });

  api.on(["GET", "DELETE"], "/faults", (c) => {
    const service = serviceSchema.optional().safeParse(c.req.query("service"));
    if (!service.success) return c.json({ error: "Unknown service." }, 400);
    if (c.req.method === "DELETE") deps.faults.clear(service.data);
    return c.json(deps.faults.list(service.data));
  });

  api.post("/settings", async (c) => {
    const input = settingsSchema.safeParse(await readJson(c.req.raw));
    if (!input.success) return c.json({ error: z.prettifyError(input.error) }, 400);
    const { service, ...patch } = input.data;
    const applied = deps.settings.apply(service, patch);
    if (!applied.ok) return c.json({ error: applied.message }, 400);
    return c.json({ service, ...deps.settings.list(service) });
  });

  api.get("/settings", (c) => {
    const service = serviceSchema.safeParse(c.req.query("service"));
    if (!service.success) return c.json({ error: "Unknown service." }, 400);
    return c.json({ service: service.data, ...deps.settings.list(service.data) });
  });

  api.get("/requests", (c) => {
    const service = serviceSchema.optional().safeParse(c.req.query("service"));
    if (!service.success) return c.json({ error: "Unknown service." }, 400);
    return c.json(deps.log.list(service.data));
  });

  api.get("/files", (c) => c.json(deps.providers.flatMap((provider) => provider.files?.() ?? [])));
  api.get("/uploads", (c) => c.json(deps.providers.flatMap((provider) => provider.uploads?.() ?? [])));
  api.get("/posts", (c) => c.json(deps.providers.flatMap((provider) => provider.posts?.() ?? [])));
  api.get("/mails", (c) => c.json(deps.providers.flatMap((provider) => provider.mails?.() ?? [])));
  return api;
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}
