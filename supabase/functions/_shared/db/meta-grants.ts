import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** A person at Meta, as a callback names them. */
export interface MetaPerson {
  /** The sign-ins the message may be about. */
  signIns: readonly string[];
  id: string;
  /** When Meta wrote the message: what was consented to afterwards is none of its business. */
  issuedAt: Date;
}

export type MetaGrants = ReturnType<typeof createMetaGrants>;

/** What Meta's callbacks end (service_role). */
export function createMetaGrants(admin: DatabaseClient) {
  return {
    /** Disconnects every account of the person. Returns how many it ended. */
    async end({ signIns, id, issuedAt }: MetaPerson): Promise<number> {
      return unwrap(
        await admin.rpc("end_meta_grants", {
          p_sign_ins: [...signIns],
          p_person_id: id,
          p_issued_at: issuedAt.toISOString(),
        }),
      );
    },

    /** Deletes every account of the person. Returns the confirmation code: `code`, or that of an earlier request. */
    async deleteData(
      { signIns, id, issuedAt }: MetaPerson,
      personHash: string,
      code: string,
    ): Promise<string> {
      return unwrap(
        await admin.rpc("delete_meta_data", {
          p_sign_ins: [...signIns],
          p_person_id: id,
          p_issued_at: issuedAt.toISOString(),
          p_person_hash: personHash,
          p_code: code,
        }),
      );
    },

    /** Null for a code that nobody was given. */
    async findDeletion(code: string): Promise<{ requestedAt: string; completedAt: string } | null> {
      const [row] = unwrap(await admin.rpc("find_data_deletion", { p_code: code }));
      return row ? { requestedAt: row.requested_at, completedAt: row.completed_at } : null;
    },
  };
}
