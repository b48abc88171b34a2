import assert from "node:assert/strict";
import { join } from "node:path";
import type { World } from "../support/world.ts";

/** After everything above: no log and no output of the stack holds a credential or what a user typed. */
export async function readLogs(world: World): Promise<void> {
  const { stack, env, owner, stranger } = world;
  const { data } = await owner.client.auth.getSession();
  const { cronSecret, tokenEncryptionKeys } = JSON.parse(
    await Deno.readTextFile(join(stack.dataDir, "secrets.json")),
  ) as Record<string, string>;
  const [encryptionKey] = Object.values(JSON.parse(tokenEncryptionKeys!)) as string[];
  const secrets: Record<string, string> = {
    "an access token": owner.token,
    "the stranger's access token": stranger.token,
    "any token": "eyJhbGciOi",
    "a refresh token": data.session!.refresh_token,
    "an upload URL": "tempauth=",
    "a Google token": "ya29.",
    "a Meta token": "EAAB",
    "a password": "correct-horse",
    "a bearer": "Bearer ey",
    "the JWT secret": env.JWT_SECRET!,
    "the secret key": env.SECRET_KEY!,
    "the cron secret": cronSecret!,
    "the encryption key": encryptionKey!,
    "the client secret": env.SANDBOX_CLIENT_SECRET!,
    "what a user typed": "owners-secret",
  };
  const texts: Record<string, string> = { "the stack's output": stack.output() };
  for await (const { name } of Deno.readDir(join(stack.dataDir, "logs"))) {
    texts[name] = await Deno.readTextFile(join(stack.dataDir, "logs", name));
  }
  assert.match(texts["function-onedrive.log"] ?? "", new RegExp(owner.id), "the log is the one of this run");
  for (const [where, text] of Object.entries(texts)) {
    for (const [what, secret] of Object.entries(secrets)) {
      const at = text.indexOf(secret);
      const around = text.slice(Math.max(0, at - 120), at + 20);
      assert.ok(at < 0, `${where} holds ${what}: ${around}`);
    }
  }
}
