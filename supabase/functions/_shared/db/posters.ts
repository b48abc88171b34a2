import { AppError } from "../core/app-error.ts";
import type { DatabaseClients } from "./clients.ts";

const BUCKET = "posters";

export type Posters = ReturnType<typeof createPosters>;

/** The bucket of poster frames, reached as the caller under its policies. */
export function createPosters({ asCaller }: Pick<DatabaseClients, "asCaller">) {
  return {
    async exists(callerToken: string, folder: string, name: string): Promise<boolean> {
      const bucket = asCaller(callerToken).storage.from(BUCKET);
      const { data, error } = await bucket.list(folder, { search: name, limit: 1 });
      if (error) throw new AppError("temporarily_unavailable", { cause: error });
      return data.some((object) => object.name === name);
    },

    async remove(callerToken: string, path: string): Promise<void> {
      const { error } = await asCaller(callerToken).storage.from(BUCKET).remove([path]);
      if (error) throw new AppError("temporarily_unavailable", { cause: error });
    },
  };
}
