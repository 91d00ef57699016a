import { randomBytes } from "node:crypto";
import type { Role } from "./configuration.ts";
import type { Door } from "./http-server.ts";
import type { Program } from "./program.ts";
import type { TrackingParts } from "./tracking-parts.ts";

type Opener = (program: Program, tracking: TrackingParts) => Promise<Door>;

/** The doors of a process, in the order in which they are asked. */
export function doorsOf(role: Role): readonly Opener[] {
  if (role === "edge") return [trackingDoor];
  if (role === "api") return [applicationDoor];
  return [trackingDoor, applicationDoor];
}

/** Tracking links, postbacks and pixels: bare handlers, asked first. */
const trackingDoor: Opener = async (program, tracking) => {
  const { callFinder, createEdge, testMarks } = await import("../tracking/index.ts");
  const edge = createEdge({
    ...tracking,
    routes: tracking.routes.table,
    clock: program.clock,
    trustedProxies: program.configuration.trustedProxies,
    fallbackUrl: program.configuration.fallbackUrl ?? null,
    findCall: callFinder(program.database.db),
    testMarks: testMarks(program.key("test marks")),
    onDefect: (error) => program.log.error({ err: error }, "a tracking request met a defect"),
  });
  return { handle: edge.handle, stop: async () => undefined };
};

/** Console, portal and API. */
const applicationDoor: Opener = async (program, tracking) => {
  const { openApplication } = await import("./application.ts");
  return await openApplication(program, tracking);
};

/** The one-time address under which the first administrator is set up; null once there is one. */
export async function setupLink(program: Program, address: string): Promise<string | null> {
  const { createSetupToken, tokenSource } = await import("../access/index.ts");
  const made = await createSetupToken(program.ctx, tokenSource(randomBytes));
  return made && `${address}/setup?token=${made.token}`;
}
