import type { Fault } from "../support/sandbox.ts";
import { LAST, type Scenario } from "../support/scenario.ts";

/** The calls of our function to Graph and the login during an upload, by the moment they are made. */
const CALLS = [
  { name: "the question for the quota", path: "/v1.0/me/drive", method: "GET", isAfterBytes: false },
  { name: "the creation of the session", path: "*createUploadSession", method: "POST", isAfterBytes: false },
  { name: "the question for the finished file", path: "/v1.0/*", method: "GET", isAfterBytes: true },
] as const;

const FAULTS: readonly { name: string; fault: Fault }[] = [
  { name: "fails with 500", fault: { kind: "status", value: 500 } },
  { name: "fails with 503 and Retry-After", fault: { kind: "status", value: 503, retry_after: 1 } },
  { name: "is throttled", fault: { kind: "rate_limit", value: 1 } },
  { name: "finds its token expired", fault: { kind: "status", value: 401 } },
  { name: "loses its answer", fault: { kind: "lost_answer" } },
  { name: "loses its answer twice", fault: { kind: "lost_answer", times: 2 } },
];

/** Every fault of a call between our function and Microsoft. */
export function listGraphFaults(): Scenario[] {
  return CALLS.flatMap((call) =>
    FAULTS.map(({ name, fault }): Scenario => ({
      name: `${call.name} ${name}`,
      family: `a call to Microsoft ${name}`,
      mayLoseCreation: fault.kind === "lost_answer" && call.method === "POST",
      async act(run) {
        const ours = { ...fault, path: call.path, method: call.method };
        if (!call.isAfterBytes) {
          await run.fault(ours);
          return await run.upload();
        }
        const { tab, id } = await run.startHeldAt(LAST);
        await run.fault(ours);
        return await run.finish(tab, id);
      },
    }))
  );
}

/** The calls of the browser to our function; a fault at OneDrive makes the browser ask where to go on. */
const OWN_CALLS = [
  { name: "the opening of the upload", route: "**/onedrive/upload-url" },
  { name: "a report of progress", route: "**/onedrive/uploads/*/progress" },
  { name: "the question where to go on", route: /\/onedrive\/uploads\/[0-9a-f-]+(\?.*)?$/ },
  { name: "the completion", route: "**/onedrive/uploads/*/complete" },
] as const;

const OWN_FAULTS = ["never arrives", "loses its answer", "is answered 502 with HTML"] as const;

/** Every fault of a call between the browser and our function. */
export function listOwnCallFaults(): Scenario[] {
  return OWN_CALLS.flatMap((call) =>
    OWN_FAULTS.map((fault): Scenario => ({
      name: `${call.name} ${fault}`,
      family: `a call to Cliprelay ${fault}`,
      async act(run) {
        let strikes = 0;
        await (await run.context()).route(call.route, async (route) => {
          if (route.request().method() === "OPTIONS" || strikes >= 2) return await route.continue();
          strikes++;
          if (fault === "loses its answer") await route.fetch();
          if (fault !== "is answered 502 with HTML") return await route.abort("connectionreset");
          const headers = { "access-control-allow-origin": "*" };
          await route.fulfill({ status: 502, contentType: "text/html", headers, body: "<h1>502</h1>" });
        });
        await run.fault({ kind: "status", value: 416, skip: 3 });
        const outcome = await run.upload();
        if (strikes === 0) throw new Error("The browser did not make this call.");
        return outcome;
      },
    }))
  );
}
