import { addressPolicy, type ProofNeeds, testMarks } from "../../tracking/index.ts";
import type { Program } from "../program.ts";
import type { TrackingParts } from "../tracking-parts.ts";
import { rehearseJourney } from "./sandbox.ts";
import { agreementInForce, rulesInForce } from "./set-up.ts";

/** What tests of tracking are told of the rooms above, and how they reach this deployment's own links. */
export function proofNeeds(program: Program, tracking: TrackingParts, postbacks: ProofNeeds["postbacks"]): ProofNeeds {
  const { publicUrl, outboundLoopbackHosts, linkTestPrivateHosts } = program.configuration;
  return {
    publicUrl,
    marks: testMarks(program.key("test marks")),
    clickIds: tracking.clickIds,
    take: { log: tracking.log, routes: tracking.routes, clickIds: tracking.clickIds, clock: program.clock },
    routes: tracking.routes,
    policy: addressPolicy(outboundLoopbackHosts, linkTestPrivateHosts),
    whole: program.database.db,
    postbacks,
    sandbox: (db, question) => rehearseJourney(db, tracking.clickIds, question),
    agreementOf: agreementInForce,
    rulesOf: rulesInForce,
  };
}
