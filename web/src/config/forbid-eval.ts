import { config } from "zod/v4/core";

// zod would probe for `new Function`, which the page's Content-Security-Policy forbids and reports.
config({ jitless: true });
