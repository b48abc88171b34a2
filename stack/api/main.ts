import { HOST } from "../settings.ts";
import { createAuthApi } from "./auth-api.ts";
import type { ApiConfig } from "./config.ts";
import { createDataApi } from "./data-api.ts";

/** The process of the Auth and Data API. Prints one JSON line when it takes requests. */
const config: ApiConfig = JSON.parse(Deno.env.get("API_CONFIG")!);
const authApi = createAuthApi(config);
const dataApi = await createDataApi(config);

Deno.serve({
  hostname: HOST,
  port: config.port,
  onListen: () => console.log(JSON.stringify({ ready: true })),
  onError: (error) => {
    console.error(error);
    return Response.json({ code: "XX000", message: "The API failed; see logs/api.log." }, { status: 500 });
  },
}, (request) => new URL(request.url).pathname.startsWith("/auth/v1") ? authApi(request) : dataApi(request));
