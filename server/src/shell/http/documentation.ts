import swagger from "@fastify/swagger";
import reference from "@scalar/fastify-api-reference";
import { ERRORS, type ErrorCode } from "@tributary/contract";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { ADVICE } from "../generate/error-reference.ts";

const PROBLEM = {
  description: "Anything that went wrong, by a code of the error catalogue",
  content: {
    "application/problem+json": {
      schema: {
        type: "object",
        required: ["type", "title", "status", "code", "detail", "requestId"],
        properties: {
          type: { type: "string", description: "address of the code's description" },
          title: { type: "string" },
          status: { type: "integer" },
          code: { type: "string", enum: Object.keys(ERRORS) },
          detail: { type: "string", description: "what happened this time" },
          requestId: { type: "string" },
          errors: {
            type: "array",
            items: {
              type: "object",
              required: ["field", "message"],
              properties: {
                field: { type: "string" },
                value: { type: "string" },
                message: { type: "string" },
                hint: { type: "string" },
              },
            },
          },
        },
      },
    },
  },
};

/** OpenAPI 3.1 out of the routes' own schemas. Registered before the routes. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tributary",
        version,
        description: INTRODUCTION,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      components: {
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer", description: "An API key, tbk_…" },
          session: {
            type: "apiKey",
            in: "cookie",
            name: "tributary.session_token",
            description: "A signed-in browser",
          },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform: (input) => {
      // A page or a file is no part of the API.
      if (!input.schema) return { schema: { hide: true }, url: input.url };
      const { schema, url } = jsonSchemaTransform(input as never);
      const { permission, audience } = input.route.config ?? {};
      const need =
        audience === "public"
          ? "Open to everybody."
          : `Needs: ${permission}. For: ${audience === "both" ? "operator and partner" : audience}.`;
      const described = schema as Record<string, unknown>;
      const description = [described.description, need].filter(Boolean).join("\n\n");
      const security = audience === "public" ? { security: [] } : {};
      return { schema: { ...described, description, ...security } as never, url };
    },
    transformObject: (given) => {
      const document = ("openapiObject" in given ? given.openapiObject : given.swaggerObject) as {
        paths?: Record<string, Record<string, { responses?: Record<string, unknown> }>>;
      };
      for (const methods of Object.values(document.paths ?? {})) {
        for (const operation of Object.values(methods))
          operation.responses = { ...operation.responses, default: PROBLEM };
      }
      return document as never;
    },
  });
}

/** The document at /v1/openapi.json, a page to read it at /v1/docs, and what each error code means at /v1/errors. */
export async function documentationRoutes(app: FastifyInstance): Promise<void> {
  app.get("/v1/openapi.json", { schema: { hide: true } }, async (_request, reply) => reply.send(app.swagger()));
  app.get("/v1/errors", { schema: { hide: true } }, async (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(errorsPage()),
  );
  await app.register(async (inside) => {
    inside.addHook("onSend", async (_request, reply) => {
      // The reference page sets styles and starts itself inline, and works without any other host.
      reply.header("content-security-policy", DOCS_POLICY);
    });
    await inside.register(reference, {
      routePrefix: "/v1/docs",
      configuration: {
        url: "/v1/openapi.json",
        pageTitle: "Tributary API",
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        showDeveloperTools: "never",
        agent: { disabled: true },
        mcp: { disabled: true },
        theme: "default",
      } as never,
    });
  });
}

const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const INTRODUCTION = `The API that the console and the partner portal use, and no other.

- **Who**: a signed-in browser, or an API key as a bearer token. A key has a part of its person's permissions; a partner's key sees that partner only.
- **Lists** are pages: \`limit\`, and \`cursor\` = \`nextCursor\` of the page before.
- **Changes** carry the \`revision\` that you saw; if somebody was faster the answer is \`conflict\`.
- **Repeating** a POST is safe with an \`Idempotency-Key\`: the same key gets the same answer for a day.
- **Money** is \`{ minor, currency }\` in minor units as text; instants are ISO 8601 with an offset; months are \`2026-03\`.
- **Errors** are \`application/problem+json\` with a code of one catalogue: [all codes](/v1/errors).`;

function errorsPage(): string {
  const rows = (Object.keys(ERRORS) as ErrorCode[])
    .map((code) => {
      const { status, title } = ERRORS[code];
      const cells = [
        `<code>${code}</code>`,
        status,
        title,
        escaped(ADVICE[code]).replaceAll(/`([^`]*)`/g, "<code>$1</code>"),
      ];
      return `<tr id="${code}">${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
    })
    .join("\n");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tributary API: errors</title><style>body{font:14px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #8884}tr:target{background:#fd38}</style></head>
<body><main><h1>Errors</h1><p>Every error of the API is an <code>application/problem+json</code> with one of these codes.</p>
<table><thead><tr><th>code</th><th>status</th><th>meaning</th><th>way out</th></tr></thead><tbody>
${rows}
</tbody></table><p><a href="/v1/docs/">API reference</a></p></main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
