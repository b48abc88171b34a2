import assert from "node:assert/strict";
import { describeDevice } from "../../../web/src/features/auth/describe-device.ts";

const DEVICES: [string, string, boolean][] = [
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
    "Chrome on Windows",
    false,
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
    "Edge on Windows",
    false,
  ],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.4 Safari/605.1.15", "Safari on Mac", false],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
    true,
  ],
  [
    "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) CriOS/126.0 Mobile/15E148 Safari/604.1",
    "Chrome on iPad",
    true,
  ],
  [
    "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 SamsungBrowser/25.0",
    "Samsung Internet on Android",
    true,
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Linux", false],
  ["Deno/2.9.6", "Unknown device", false],
];

Deno.test("describeDevice names browser and system as people do", () => {
  for (const [userAgent, name, isPhone] of DEVICES) {
    assert.deepEqual(describeDevice(userAgent), { name, isPhone }, userAgent);
  }
});

Deno.test("describeDevice does without a User-Agent", () => {
  assert.deepEqual(describeDevice(null), { name: "Unknown device", isPhone: false });
});
