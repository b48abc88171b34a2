import { Buffer } from "node:buffer";
import { join } from "node:path";

/** Keys and passwords of one stack. Made at random on the first start, then kept in the data directory. */
export interface StackSecrets {
  readonly publishableKey: string;
  readonly secretKey: string;
  /** HS256 key of access tokens. */
  readonly jwtSecret: string;
  readonly cronSecret: string;
  /** Standard Webhooks secret, `whsec_` + base64 of 32 bytes. */
  readonly videoWebhookSecret: string;
  /** JSON `{"k1": "<base64 of 32 bytes>"}`. */
  readonly tokenEncryptionKeys: string;
  readonly tokenEncryptionKeyId: string;
  readonly sandboxClientId: string;
  readonly sandboxClientSecret: string;
  /** Key of the Vault stand-in; never stored in the embedded database. */
  readonly vaultKey: string;
  /** Key from which the passwords of the service roles are derived. */
  readonly rolePasswordKey: string;
}

/** Reads the secrets of this data directory, or makes them. Only the owner can read the file. */
export async function loadSecrets(dataDir: string): Promise<StackSecrets> {
  const path = join(dataDir, "secrets.json");
  const stored = await readStored(path);
  const secrets = { ...createSecrets(), ...stored };
  await Deno.writeTextFile(path, JSON.stringify(secrets, null, 2) + "\n", { mode: 0o600 });
  return secrets;
}

async function readStored(path: string): Promise<Partial<StackSecrets>> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

function createSecrets(): StackSecrets {
  return {
    publishableKey: `sb_publishable_${random(24, "base64url")}`,
    secretKey: `sb_secret_${random(24, "base64url")}`,
    jwtSecret: random(32, "hex"),
    cronSecret: random(32, "hex"),
    videoWebhookSecret: `whsec_${random(32, "base64")}`,
    tokenEncryptionKeys: JSON.stringify({ k1: random(32, "base64") }),
    tokenEncryptionKeyId: "k1",
    sandboxClientId: `cliprelay-${random(6, "hex")}`,
    sandboxClientSecret: random(24, "base64url"),
    vaultKey: random(32, "hex"),
    rolePasswordKey: random(32, "hex"),
  };
}

function random(bytes: number, encoding: "base64" | "base64url" | "hex"): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString(encoding);
}
