import { createRoute, z } from "@hono/zod-openapi";
import {
  dataDeletionAnswerSchema,
  dataDeletionSchema,
  deletionCodeParamsSchema,
  metaCallbackFormSchema,
} from "../../_shared/contracts/meta-callbacks.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers } from "../../_shared/http/route-parts.ts";
import {
  deauthorize,
  deleteData,
  type MetaCallbackDeps,
  readDeletion,
} from "../services/connections/meta-callbacks.ts";

const formBody = {
  required: true,
  content: { "application/x-www-form-urlencoded": { schema: metaCallbackFormSchema } },
};

/** Called by Meta, which signs with the app's secret, and by whoever has the code of a deletion. */
export function addMetaCallbackRoutes(app: App, deps: MetaCallbackDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/meta/deauthorize",
      summary: "Meta's word that a person removed the app: their accounts are disconnected",
      request: { body: formBody },
      responses: answers(z.object({ success: z.literal(true) })),
    }),
    async (c) => {
      await deauthorize(deps, c.req.valid("form").signed_request);
      return c.json({ success: true as const }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/meta/data-deletion",
      summary: "Meta's word that a person wants their data deleted, which is done at once",
      request: { body: formBody },
      responses: answers(dataDeletionAnswerSchema),
    }),
    async (c) => c.json(await deleteData(deps, c.req.valid("form").signed_request), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/meta/data-deletion/{code}",
      summary: "How far a request to delete data is, by its confirmation code",
      request: { params: deletionCodeParamsSchema },
      responses: answers(dataDeletionSchema),
    }),
    async (c) => c.json(await readDeletion(deps, c.req.valid("param").code), 200),
  );
}
