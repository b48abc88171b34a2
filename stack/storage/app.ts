import { Hono } from "hono";
import { readCaller, SERVER } from "./caller.ts";
import { drainBody } from "./request-body.ts";
import { createBucketRoutes } from "./routes/bucket-routes.ts";
import { createListRoutes } from "./routes/list-routes.ts";
import { createReadRoutes } from "./routes/read-routes.ts";
import { createSignRoutes } from "./routes/sign-routes.ts";
import { createTusRoutes } from "./routes/tus-routes.ts";
import { createWriteRoutes } from "./routes/write-routes.ts";
import type { Storage } from "./storage.ts";
import { refusals, StorageError } from "./storage-error.ts";

export interface StorageApp {
  fetch(request: Request): Response | Promise<Response>;
  /** Removes what crashed or abandoned uploads left. */
  sweep(): Promise<void>;
}

/** The Storage API. Paths may or may not start with /storage/v1. */
export async function createStorageApp(storage: Storage): Promise<StorageApp> {
  const app = new Hono({ getPath: (request) => stripPrefix(new URL(request.url).pathname) });
  const tus = await createTusRoutes(storage);

  app.get("/status", (c) => c.body(null, 200));
  app.route("/bucket", createBucketRoutes(storage));
  app.route("/object", createListRoutes(storage));
  app.route("/object", createSignRoutes(storage));
  app.route("/object", createReadRoutes(storage));
  app.route("/object", createWriteRoutes(storage));
  app.route("/upload/resumable", tus.app);
  app.delete("/cdn/*", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    if (caller.role !== SERVER.role) throw refusals.accessDenied("Unauthorized");
    return c.json({ message: "success" });
  });
  // Image transformations are a paid feature of hosted projects and do not exist here.
  app.all("/render/*", () => {
    throw refusals.featureNotEnabled();
  });

  app.notFound((c) =>
    c.json({
      statusCode: "404",
      error: "Not Found",
      message: `Route ${c.req.method}:${c.req.path} not found`,
    }, 404)
  );
  app.onError(async (error, c) => {
    await drainBody(c.req.raw.body);
    if (error instanceof StorageError) {
      if (error.statusCode >= 500) console.error(error);
      return Response.json(error.toBody(), {
        status: error.httpStatus,
        headers: { "cache-control": "no-store" },
      });
    }
    console.error(error);
    const body = { statusCode: "500", error: "Internal", message: "Internal Server Error" };
    return Response.json(body, { status: 500 });
  });

  return {
    fetch: (request) => app.fetch(request),
    sweep: async () => {
      await storage.blobs.sweep();
      await tus.sweep();
    },
  };
}

function stripPrefix(path: string): string {
  const stripped = path.replace(/^\/storage\/v1(?=\/|$)/, "");
  return stripped.replace(/(?<=.)\/$/, "") || "/";
}
