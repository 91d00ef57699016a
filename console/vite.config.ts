import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const api = process.env.TRIBUTARY_API ?? "http://localhost:3000";
const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** In development too, every address below /portal is the portal's page (the server does the same with the built one). */
const portalPage: Plugin = {
  name: "portal-page",
  configureServer: (server) => {
    server.middlewares.use((request, _response, next) => {
      if (/^\/portal(?:[/?]|$)/.test(request.url ?? "") && !/\.\w+(?:\?|$)/.test(request.url ?? ""))
        request.url = "/portal.html";
      next();
    });
  },
};

/** What most screens are made of comes in one file instead of fifty: each screen then needs its own code and little else. */
const KIT = { name: "kit", test: /console[\\/]src[\\/](?:kit|api|i18n)[\\/]/, minShareCount: 25 };

/** Two entries over one kit. In development the API of a running server is used: TRIBUTARY_API (default port 3000). */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), portalPage],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: {
        console: page("index.html"),
        portal: page("portal.html"),
        calculator: page("calculator.html"),
        apply: page("apply.html"),
      },
      output: { codeSplitting: { groups: [KIT] } },
    },
  },
  server: {
    // the API takes sign-ins from its own origin only, so its own is what it is told
    proxy: Object.fromEntries(
      ["/v1/", "/api/"].map((path) => [path, { target: api, changeOrigin: true, headers: { origin: api } }]),
    ),
  },
});
