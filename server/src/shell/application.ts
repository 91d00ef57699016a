import { randomBytes } from "node:crypto";
import { createAuth } from "../access/index.ts";
import { partnerMayEnter } from "../partners/index.ts";
import { buildConsole, consoleFolder } from "./console-build.ts";
import { sealWith } from "./http/seal.ts";
import { buildHttpApp } from "./http-app.ts";
import type { Door } from "./http-server.ts";
import type { Program } from "./program.ts";
import { roomRoutes } from "./room-routes.ts";
import type { TrackingParts } from "./tracking-parts.ts";
import { programVersion } from "./version.ts";

/** Console, portal and API of one process, on the program's databases. */
export async function openApplication(program: Program, tracking: TrackingParts): Promise<Door> {
  const { ctx, database, configuration } = program;
  const { publicUrl, trustedProxies } = configuration;
  // Not sooner: whatever keeps the program from starting is told before anybody waits for a build.
  await buildConsole();
  const secret = program.key("sessions").toString("base64url");
  const auth = createAuth(ctx, { publicUrl, secret, rateLimit: true, randomBytes, partnerMayEnter });
  const { app } = await buildHttpApp({
    ctx,
    database,
    auth,
    seal: sealWith(program.key("idempotency")),
    publicUrl,
    trustedProxies,
    consoleFolder,
    version: programVersion,
    log: program.log,
    rooms: roomRoutes(program, tracking),
    rateLimit: true,
  });
  return {
    handle: (request, response) => {
      app.routing(request, response);
      return true;
    },
    stop: () => app.close(),
  };
}
