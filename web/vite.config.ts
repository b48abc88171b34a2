import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";
import { contentSecurityPolicy } from "./build/content-security-policy.ts";

const root = decodeURIComponent(new URL(".", import.meta.url).pathname);

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, root, ["VITE_", "STACK_WEB_PORT"]);
  const port = Number(env.STACK_WEB_PORT ?? 5173);
  const address = { host: "127.0.0.1", port, strictPort: true };
  return {
    root,
    plugins: [react(), tailwindcss(), contentSecurityPolicy(env.VITE_SUPABASE_URL, env.VITE_CONNECT_SRC)],
    resolve: {
      alias: {
        // supabase-js builds its realtime client eagerly; nothing here subscribes, so 15 kB gzip stay out.
        "@supabase/realtime-js": `${root}src/lib/realtime-stand-in.ts`,
      },
    },
    server: { ...address, fs: { allow: [".."] } },
    preview: address,
    build: {
      outDir: "dist",
      emptyOutDir: true,
      target: "es2022",
      rolldownOptions: {
        // Changes only when a dependency does, so a new version of the app leaves it in the browser's cache.
        output: {
          codeSplitting: {
            groups: [{
              name: "framework",
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/,
            }],
          },
        },
      },
    },
  };
});
