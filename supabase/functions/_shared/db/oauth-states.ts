import type { Sealed } from "../core/token-cipher.ts";
import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import { toSealed } from "./to-sealed.ts";

export interface NewOauthState {
  stateHash: string;
  userId: string;
  provider: string;
  verifier: Sealed;
  /** Encrypted answer of the token endpoint while the user decides; under the same key as `verifier`. */
  pending?: string;
  expiresAt: Date;
}

export type TakenOauthState =
  | { outcome: "taken"; verifier: Sealed; pending: Sealed | null; expiresAt: Date }
  | { outcome: "unknown" | "foreign" | "expired" };

export type OauthStates = ReturnType<typeof createOauthStates>;

/** Queries over private.oauth_states (service_role). */
export function createOauthStates(admin: DatabaseClient) {
  return {
    async create(state: NewOauthState): Promise<void> {
      unwrap(
        await admin.rpc("create_oauth_state", {
          p_state_hash: state.stateHash,
          p_user_id: state.userId,
          p_provider: state.provider,
          p_verifier: state.verifier.text,
          p_pending: state.pending,
          p_key_id: state.verifier.keyId,
          p_expires_at: state.expiresAt.toISOString(),
        }),
      );
    },

    /** Uses the state up, unless it is another user's. */
    async take(stateHash: string, userId: string, provider: string): Promise<TakenOauthState> {
      const rows = unwrap(
        await admin.rpc("take_oauth_state", {
          p_state_hash: stateHash,
          p_user_id: userId,
          p_provider: provider,
        }),
      );
      const [row] = rows;
      if (!row || row.outcome === "unknown") return { outcome: "unknown" };
      if (row.outcome !== "taken") return { outcome: row.outcome === "foreign" ? "foreign" : "expired" };
      return {
        outcome: "taken",
        verifier: { text: row.verifier, keyId: row.key_id },
        pending: toSealed(row.pending, row.key_id),
        expiresAt: new Date(row.expires_at),
      };
    },
  };
}
