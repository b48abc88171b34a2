import { type Context, Hono } from "hono";
import type { Origin } from "../kit/origin.ts";
import type { Kit } from "../kit/provider.ts";
import { type MailInput, readMail, sendingDomain, type StoredMail } from "./mail.ts";
import type { MailStore } from "./mail-store.ts";
import { createRateGate } from "./rate-gate.ts";
import { failureForStatus, renderFailure, ResendFailure } from "./resend-failure.ts";
import type { SendQuota } from "./send-quota.ts";

const MAX_BATCH = 100;

/** https://api.resend.com: sending, reading and canceling mails. */
export function createResendOrigin(kit: Kit, store: MailStore, quota: SendQuota): Origin {
  const takeTurn = createRateGate(kit);
  const app = new Hono<{ Bindings: Bindings }>();

  app.use(async (c, next) => {
    checkCaller(c);
    for (const [name, value] of Object.entries(takeTurn())) c.header(name, value);
    await next();
  });

  app.post("/emails", async (c) => {
    const text = await c.req.text();
    const key = c.req.header("idempotency-key") ?? null;
    const answer = await store.once(key, text, async () => {
      await pause(c.env.processingMs);
      return { id: send(parseJson(text)).id };
    });
    return c.json(answer);
  });

  app.post("/emails/batch", async (c) => {
    const text = await c.req.text();
    const isPermissive = c.req.header("x-batch-validation") === "permissive";
    const key = c.req.header("idempotency-key") ?? null;
    const answer = await store.once(key, text, async () => {
      await pause(c.env.processingMs);
      return sendBatch(parseJson(text), isPermissive);
    });
    return c.json(answer);
  });

  app.get("/emails/:id", (c) => c.json({ object: "email", ...find(c.req.param("id")) }));

  app.patch("/emails/:id", async (c) => {
    const mail = find(c.req.param("id"));
    const body = parseJson(await c.req.text()) as { scheduled_at?: unknown } | null;
    if (mail.last_event !== "scheduled" || typeof body?.scheduled_at !== "string") {
      throw new ResendFailure(422, "validation_error", "Only a scheduled mail can be moved.");
    }
    mail.scheduled_at = body.scheduled_at;
    kit.touch();
    return c.json({ object: "email", id: mail.id });
  });

  app.post("/emails/:id/cancel", (c) => {
    const mail = find(c.req.param("id"));
    if (mail.last_event !== "scheduled") {
      throw new ResendFailure(422, "validation_error", "Only a scheduled mail can be canceled.");
    }
    mail.last_event = "canceled";
    kit.touch();
    return c.json({ object: "email", id: mail.id });
  });

  app.notFound(() =>
    renderFailure(new ResendFailure(404, "not_found", "The requested endpoint does not exist."))
  );
  app.onError((error) => {
    if (error instanceof ResendFailure) return renderFailure(error);
    throw error;
  });

  function send(body: unknown): StoredMail {
    const mail = readMail(body);
    const unverified = kit.settings.get("resend", "unverified_domains", "").split(",").map((name) =>
      name.trim()
    );
    const domain = sendingDomain(mail);
    if (unverified.includes(domain)) {
      throw new ResendFailure(403, "validation_error", `The ${domain} domain is not verified.`);
    }
    quota.spend([mail.to, mail.cc, mail.bcc].reduce((sum, list) => sum + (list?.length ?? 0), 0));
    kit.touch();
    return store.add(mail);
  }

  function sendBatch(body: unknown, isPermissive: boolean) {
    if (!Array.isArray(body) || body.length === 0 || body.length > MAX_BATCH) {
      throw new ResendFailure(422, "validation_error", `A batch has 1 to ${MAX_BATCH} mails.`);
    }
    const judged = body.map((one, index) => judge(one, index));
    const errors = judged.flatMap((result) => "failure" in result ? [result] : []);
    if (!isPermissive && errors[0]) throw errors[0].failure;
    const data = judged.flatMap((result) => "mail" in result ? [{ id: send(result.mail).id }] : []);
    if (!isPermissive) return { data };
    return { data, errors: errors.map(({ index, failure }) => ({ index, message: failure.message })) };
  }

  function judge(body: unknown, index: number): Judged {
    try {
      const mail = readMail(body);
      if (mail.attachments?.length) {
        throw new ResendFailure(422, "invalid_attachment", "No attachments in a batch.");
      }
      return { index, mail };
    } catch (failure) {
      if (failure instanceof ResendFailure) return { index, failure };
      throw failure;
    }
  }

  function find(id: string): StoredMail {
    const mail = store.find(id);
    if (mail === null) throw new ResendFailure(404, "not_found", "Email not found.");
    return mail;
  }

  return {
    service: "resend",
    handle: (request, { processingMs }) => app.fetch(request, { processingMs }),
    refuse: (status, retryAfterS) => renderFailure(failureForStatus(status, retryAfterS)),
    describeRoute: (path) => path.replace(/\/emails\/(?!batch$)[^/]+/, "/emails/{id}"),
  };
}

/** How long the service takes over a mail, milliseconds; null stands for no time at all. */
interface Bindings {
  processingMs: number | null;
}

function pause(milliseconds: number | null): Promise<void> | void {
  if (milliseconds) return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** One mail of a batch: good, or refused. */
type Judged = { index: number; mail: MailInput } | { index: number; failure: ResendFailure };

function checkCaller(c: Context): void {
  const key = /^bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (key === undefined) {
    throw new ResendFailure(401, "missing_api_key", "Missing API key in the authorization header.");
  }
  if (!key.startsWith("re_")) throw new ResendFailure(403, "invalid_api_key", "API key is invalid.");
  if (!c.req.header("user-agent")) {
    throw new ResendFailure(403, "validation_error", "User-Agent is required.");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ResendFailure(400, "validation_error", "The body is not valid JSON.");
  }
}
