import assert from "node:assert/strict";
import { isOutgoingUrlAllowed } from "../../../supabase/functions/_shared/core/outgoing-url.ts";

const ALLOWED = ["http://127.0.0.1:4000"];

Deno.test("Outgoing addresses: https on public names and the origins that are excepted", () => {
  for (
    const url of ["https://files.example.com/a?b=1", "https://a.b.example:8443/", "http://127.0.0.1:4000/x"]
  ) {
    assert.equal(isOutgoingUrlAllowed(url, ALLOWED), true, url);
  }
});

Deno.test("Outgoing addresses: everything else is refused", () => {
  const refused = [
    "http://files.example.com/a",
    "http://127.0.0.1:4001/x",
    "https://127.0.0.1/x",
    "https://169.254.169.254/latest",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://[fd00::1]/",
    "https://localhost/",
    "https://db.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://metadata.google.internal./",
    "https://intranet/",
    "https://user@files.example.com/",
    "https://user:word@files.example.com/",
    "http://user@127.0.0.1:4000/x",
    "file:///etc/passwd",
    "not an address",
    "",
  ];
  for (const url of refused) assert.equal(isOutgoingUrlAllowed(url, ALLOWED), false, url);
});
