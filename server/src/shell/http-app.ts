import { randomUUID } from "node:crypto";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { type FastifyPluginAsyncZod, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Auth } from "../access/index.ts";
import type { Context, Database } from "../database/index.ts";
import { applicationPage } from "./http/application-page.ts";
import { calculatorPage } from "./http/calculator-page.ts";
import { consoleFiles, inlineScriptHashes, sendPage } from "./http/console-files.ts";
import { describeApi, documentationRoutes } from "./http/documentation.ts";
import { keepAnswers } from "./http/idempotency.ts";
import { decorateRequests, identifyCallers } from "./http/identify.ts";
import { listsAsFiles } from "./http/list-files.ts";
import { noteActivities } from "./http/note-activity.ts";
import { answerProblems, sendProblem } from "./http/problem.ts";
import { type ApiRoute, methodsOf, noteRoutes } from "./http/routes-table.ts";
import type { Seal } from "./http/seal.ts";
import { signInRoutes } from "./http/sign-in.ts";

/** Everything that the HTTP application is put together from. */
export interface HttpParts {
  readonly ctx: Context;
  readonly database: Database;
  readonly auth: Auth;
  readonly seal: Seal;
  /** Address under which browsers reach the program, without a slash at the end. */
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  /** Folder of the built console and portal. */
  readonly consoleFolder: string;
  readonly version: string;
  readonly log?: FastifyBaseLogger;
  /** The rooms' routes. */
  readonly rooms: readonly FastifyPluginAsyncZod[];
  /** Limits how often one address may try the routes that are open to everybody. */
  readonly rateLimit: boolean;
}

export interface HttpApp {
  readonly app: FastifyInstance;
  /** Every route of the API, as registered. */
  readonly routes: readonly ApiRoute[];
}

const BODY_LIMIT = 1024 * 1024;

/** Assembles console, portal and API. The app is ready, and listens nowhere: requests are handed to `app.routing`. */
export async function buildHttpApp(parts: HttpParts): Promise<HttpApp> {
  const app = Fastify({
    ...(parts.log ? { loggerInstance: parts.log } : { logger: false }),
    bodyLimit: BODY_LIMIT,
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => {
      const broken = error.code === "FST_ERR_BAD_URL";
      sendProblem(
        request,
        reply,
        broken ? "malformed_encoding" : "bad_request",
        broken ? BROKEN_ADDRESS : error.message,
      );
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser("text/plain");
  answerProblems(app);
  await secure(app, parts);
  await describeApi(app, parts.version);
  decorateRequests(app, parts.ctx);
  await signInRoutes(app, parts.auth);
  const routes = await apiRoutes(app, parts);
  await documentationRoutes(app);
  await consoleFiles(app, parts.consoleFolder);
  calculatorPage(app, parts.ctx.db, parts.consoleFolder);
  applicationPage(app, parts.ctx.db, parts.consoleFolder);
  answerUnknown(app, parts, routes);
  await app.ready();
  return { app, routes };
}

const BROKEN_ADDRESS = "The address holds a percent sign that is not followed by two hexadecimal digits.";

async function apiRoutes(app: FastifyInstance, parts: HttpParts): Promise<readonly ApiRoute[]> {
  let routes: readonly ApiRoute[] = [];
  await app.register(async (api) => {
    routes = noteRoutes(api);
    listsAsFiles(api);
    api.addHook("onRequest", async (_request, reply) => {
      reply.header("cache-control", "no-store");
    });
    identifyCallers(api, parts);
    noteActivities(api, parts);
    keepAnswers(api, parts.ctx, parts.seal);
    for (const room of parts.rooms) await api.register(room);
  });
  return routes;
}

async function secure(app: FastifyInstance, parts: HttpParts): Promise<void> {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  const https = parts.publicUrl.startsWith("https://");
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...inlineScriptHashes(parts.consoleFolder)],
        // The component library sets measures inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: "same-origin" },
    crossOriginOpenerPolicy: https ? { policy: "same-origin" } : false,
    originAgentCluster: false,
  });
  // Only routes that say so are limited: those that anybody may call.
  if (parts.rateLimit) await app.register(rateLimit, { global: false });
}

function answerUnknown(app: FastifyInstance, parts: HttpParts, routes: readonly ApiRoute[]): void {
  app.setNotFoundHandler((request, reply) => {
    const page = sendPage(request, reply, parts.consoleFolder);
    if (page !== false) return page;
    const methods = methodsOf(routes, request.url.split("?")[0] ?? "/");
    if (methods.length > 0) {
      reply.header("allow", methods.join(", "));
      return sendProblem(
        request,
        reply,
        "method_not_allowed",
        `This address takes ${methods.join(", ")}, not ${request.method}.`,
      );
    }
    return sendProblem(
      request,
      reply,
      "not_found",
      `There is no ${request.method} ${request.url.split("?")[0]?.slice(0, 200)}.`,
    );
  });
}
