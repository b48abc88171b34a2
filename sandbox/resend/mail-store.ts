import { createHash } from "node:crypto";
import type { MailInput, StoredMail } from "./mail.ts";
import { ResendFailure } from "./resend-failure.ts";

const REMEMBERED_MS = 24 * 3600 * 1000;

interface RememberedAnswer {
  bodyHash: string;
  answer: unknown;
  expiresAt: number;
}

interface SavedMails {
  mails: StoredMail[];
  answers: [string, RememberedAnswer][];
}

/** The mails that were sent, oldest first, and the answers remembered by idempotency key. */
export class MailStore {
  #mails: StoredMail[] = [];
  #answers = new Map<string, RememberedAnswer>();
  #running = new Set<string>();
  #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(input: MailInput): StoredMail {
    const first = input.to[0] ?? "";
    const event = /(bounced|complained)@resend\.dev/.exec(first)?.[1] as "bounced" | "complained" | undefined;
    const mail: StoredMail = {
      ...input,
      id: crypto.randomUUID(),
      created_at: new Date(this.#now()).toISOString(),
      last_event: event ?? (input.scheduled_at ? "scheduled" : "delivered"),
    };
    this.#mails.push(mail);
    return mail;
  }

  find(id: string): StoredMail | null {
    return this.#mails.find((mail) => mail.id === id) ?? null;
  }

  list(): StoredMail[] {
    return this.#mails;
  }

  /**
   * Runs `send` once per key: the same key with the same body gives the first answer again, with another body 409, and
   * so it does while the first call still runs. `bodyText` is the request body as it came. A refusal is not remembered.
   */
  async once<Answer>(key: string | null, bodyText: string, send: () => Promise<Answer>): Promise<Answer> {
    if (key === null) return await send();
    if (key.length < 1 || key.length > 256) {
      throw new ResendFailure(400, "invalid_idempotency_key", "The key must have 1 to 256 characters.");
    }
    const bodyHash = createHash("sha256").update(bodyText).digest("hex");
    if (this.#running.has(key)) {
      const message = "Same idempotency key used while the original request is still in progress.";
      throw new ResendFailure(409, "concurrent_idempotent_requests", message);
    }
    const known = this.#answers.get(key);
    if (known === undefined || known.expiresAt <= this.#now()) {
      this.#running.add(key);
      try {
        const answer = await send();
        this.#answers.set(key, { bodyHash, answer, expiresAt: this.#now() + REMEMBERED_MS });
        return answer;
      } finally {
        this.#running.delete(key);
      }
    }
    if (known.bodyHash === bodyHash) return known.answer as Answer;
    const message = "Same idempotency key used with a different request payload.";
    throw new ResendFailure(409, "invalid_idempotent_request", message);
  }

  snapshot(): SavedMails {
    return { mails: this.#mails, answers: [...this.#answers] };
  }

  restore(saved: SavedMails): void {
    this.#mails = saved.mails;
    this.#answers = new Map(saved.answers);
  }

  clear(): void {
    this.#mails = [];
    this.#answers.clear();
  }
}
