import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import files from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Entry pages, by the first part of the path. */
const PAGES = {
  console: "index.html",
  portal: "portal.html",
  calculator: "calculator.html",
  apply: "apply.html",
} as const;

/** Serves the built console and portal: files by their name, and the entry page for every address inside them. */
export async function consoleFiles(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, PAGES.console))) return;
  await app.register(files, {
    root: folder,
    wildcard: false,
    globIgnore: ["assets/**"],
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      // Vite puts a hash of the content into the names under assets/; the pages themselves must be asked for anew.
      const forever = path.includes("/assets/");
      response.header("cache-control", forever ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  // looked up when they are asked for: a build that takes the place of another while this runs brings names of its own
  app.get<{ Params: { name: string } }>("/assets/:name", { schema: { hide: true } }, (request, reply) => {
    const { name } = request.params;
    return /^\w[\w.-]*$/.test(name) ? reply.sendFile(`assets/${name}`) : reply.callNotFound();
  });
}

/** Sends the entry page to a browser that asks for an address inside the console or portal; false when the request is something else. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, folder: string): FastifyReply | false {
  const path = request.url.split("?")[0] ?? "/";
  // The two entries answer anybody, so that a plain `curl` or a health check finds the program alive.
  const isEntry = path === "/" || path === "/portal";
  const takesPages = isEntry || (request.headers.accept ?? "").includes("text/html");
  const wantsPage = (request.method === "GET" || request.method === "HEAD") && takesPages;
  if (!wantsPage || /^\/(?:v1|api|assets)(?:\/|$)/.test(path)) return false;
  const page = path === "/portal" || path.startsWith("/portal/") ? PAGES.portal : PAGES.console;
  if (!existsSync(join(folder, page))) {
    return reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send("The console is not built: run npm run build:console.\n");
  }
  return reply.sendFile(page);
}

/** Hashes of the scripts that stand inside the entry pages, for the content security policy. */
export function inlineScriptHashes(folder: string): string[] {
  const pages = Object.values(PAGES)
    .map((page) => join(folder, page))
    .filter(existsSync)
    .map((path) => readFileSync(path, "utf8"));
  const scripts = pages.flatMap((page) =>
    [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((found) => found[1] ?? ""),
  );
  return [...new Set(scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`))];
}
