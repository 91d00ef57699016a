import { randomBytes } from "node:crypto";
import { type Actor, PERMISSIONS, ROLES, systemActor } from "../../src/access/index.ts";
import { openAnalytics } from "../../src/database/index.ts";
import { onboardingRoutes } from "../../src/onboarding/routes.ts";
import {
  changePartner,
  createPartner,
  getPartner,
  launchPartner,
  movePartner,
  setActivationRule,
} from "../../src/partners/index.ts";
import {
  lookAgain,
  publishProcedure,
  saveProcedure,
  signDecision,
  signWaiver,
  startCase,
  waive,
} from "../../src/procedures/index.ts";
import { proceduresRoutes } from "../../src/procedures/routes.ts";
import { onboardingNeeds, procedureNeeds } from "../../src/shell/onboarding.ts";
import { vaultOf } from "../../src/tracking/index.ts";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../api-world.ts";
import { CPA, MoneyWorld, planOf } from "../money/world.ts";

/** A short way to a launch, with a gate of every make: facts, a waivable one, signatures that exclude each other. */
const WALK = `
procedure: walk
title: Walk
stages:
  - key: checks
    title: Checks
    owner: partner_operations
    gate:
      - { fact: partner.owner_and_deputy }
      - { fact: payee.verified }
      - { fact: agreement.accepted_by_signatory, waivable: false }
      - { decision: reviewed, title: Reviewed, role: compliance, evidence: required }
      - { decision: seconded, title: Seconded, role: approver, otherThan: [reviewed], waivable: false }
  - key: activation
    title: Activation
    owner: approver
    gate:
      - { decision: go-live, title: Go live, role: approver, otherThan: [reviewed], waivable: false }
      - { fact: onboarding.launched, waivable: false }
`;
/** What somebody might write who finds the walk too long. */
const SHORT_CUT = `
procedure: short-cut
title: Short cut
stages:
  - key: activation
    title: Activation
    owner: approver
    gate:
      - { decision: go-live, title: Go live, role: approver, waivable: false }
      - { fact: onboarding.launched, waivable: false }
`;

const VAULT = vaultOf(randomBytes(32));
const ROLE_OF = {
  kam: "key_account_manager",
  operations: "partner_operations",
  compliance: "compliance",
  approver: "approver",
  second: "approver",
  finance: "finance",
  analyst: "analyst",
} as const;
type Who = keyof typeof ROLE_OF;

/** A partner on its way: everything holds, the case waits at its last stage for the launch. */
export interface Ready {
  readonly partnerId: string;
  readonly caseId: string;
}

/** An operator with all its roles, one procedure, and partners who have come as far as the launch. */
export class GatesWorld {
  readonly api: ApiWorld;
  readonly money: MoneyWorld;
  readonly people: Readonly<Record<Who, Caller>>;
  readonly #plan: { programId: string; planVersionId: string };
  #number = 0;

  private constructor(
    api: ApiWorld,
    money: MoneyWorld,
    people: Record<Who, Caller>,
    plan: { programId: string; planVersionId: string },
  ) {
    this.api = api;
    this.money = money;
    this.people = people;
    this.#plan = plan;
  }

  static async open(): Promise<GatesWorld> {
    // Nothing here asks for clicks: no engine is started, and whoever asks all the same hears of it.
    const needs = onboardingNeeds({ analytics: openAnalytics("http://localhost:1") });
    const api = await apiWorld({
      at: "2026-03-20T12:00:00Z",
      rooms: (_, { db }) => [
        onboardingRoutes(needs),
        proceduresRoutes({
          ...procedureNeeds,
          whole: db,
          vault: VAULT,
          firstDeposits: async () => ({ from: { partners: 0, months: 18 }, perDay: () => null }),
        }),
      ],
    });
    const money = MoneyWorld.over(api.database, api.clock);
    const programId = await money.program("casino");
    const planVersionId = await money.plan(programId, "cpa", planOf(CPA));
    const people = {} as Record<Who, Caller>;
    for (const [who, role] of Object.entries(ROLE_OF) as [Who, "approver"][])
      people[who] = await api.person(who, [{ role, ...EVERYWHERE }]);
    const office = systemActor("office");
    for (const yaml of [WALK, SHORT_CUT]) {
      const { procedure } = await saveProcedure(api.ctx, office, { yaml, facts: procedureNeeds.facts });
      await publishProcedure(api.ctx, office, { procedure, summary: "", facts: procedureNeeds.facts });
    }
    await setActivationRule(api.ctx, office, { kind: "affiliate", procedure: "walk" });
    return new GatesWorld(api, money, people, { programId, planVersionId });
  }

  async close(): Promise<void> {
    await this.api.close();
  }

  /** The person behind a caller, as services see it. */
  actor(who: Who): Actor {
    const role = ROLE_OF[who];
    const permissions = new Set(ROLES[role] ?? PERMISSIONS);
    const grants = [{ role, permissions, scope: { kind: "everything" } as const }];
    return { kind: "user", id: this.people[who].userId, name: who, permissions, grants };
  }

  /** In onboarding, with owner and deputy, terms until 1 May, and a case at its first stage. */
  async begun(procedure = "walk"): Promise<Ready> {
    const { ctx } = this.api;
    const office = systemActor("office");
    const code = `walker-${++this.#number}`;
    const made = await createPartner(ctx, office, {
      code,
      name: code,
      kind: "affiliate",
      ownerUserId: this.people.kam.userId,
      deputyUserId: this.people.operations.userId,
    });
    await movePartner(ctx, office, made.id, { revision: 1, status: "onboarding" });
    const { programId, planVersionId } = this.#plan;
    await this.money.agree(made.id, programId, planVersionId, { validTo: "2026-05-01" });
    const { caseId } = await startCase(ctx, office, {
      procedure,
      subject: { kind: "partner", id: made.id, programId: null },
    });
    return { partnerId: made.id, caseId };
  }

  async order(who: Who | Caller, caseId: string, order: object) {
    const caller = typeof who === "string" ? this.people[who] : who;
    return await caller.call("POST", `/v1/procedure-cases/${caseId}/orders`, order);
  }

  /** Waived, signed, and at the last stage. */
  async ready(waivedUntil = "2026-04-10"): Promise<Ready> {
    const one = await this.begun();
    const { ctx } = this.api;
    await this.waive(one.caseId, waivedUntil);
    await this.sign("compliance", one, "reviewed");
    await this.sign("approver", one, "seconded");
    await lookAgain(ctx, procedureNeeds, one.caseId);
    await this.sign("second", one, "go-live");
    return one;
  }

  async sign(who: Who, { caseId }: Ready, decision: string): Promise<void> {
    const handedIn = { vault: VAULT, items: [{ kind: "text", text: "seen" } as const] };
    await signDecision(this.api.ctx, this.actor(who), { caseId, decision, verdict: "approved", handedIn });
  }

  async waive(caseId: string, until: string): Promise<void> {
    const proposal = { caseId, condition: "payee.verified", reason: "first payout is in May", until };
    const waiver = await waive(this.api.ctx, this.actor("operations"), proposal);
    await signWaiver(this.api.ctx, this.actor("approver"), { caseId, waiver });
  }

  launch(who: Who | Caller, { partnerId, caseId }: Ready, more: object = {}) {
    const caller = typeof who === "string" ? this.people[who] : who;
    return caller.call("POST", `/v1/partners/${partnerId}/launch`, { caseId, mode: "full", ...more });
  }

  /** Launched, with nothing that depends on it. */
  async active(): Promise<string> {
    const office = systemActor("office");
    const code = `active-${++this.#number}`;
    const { id } = await createPartner(this.api.ctx, office, { code, name: code, kind: "affiliate" });
    await movePartner(this.api.ctx, office, id, { revision: 1, status: "onboarding" });
    await launchPartner(this.api.ctx, office, { partnerId: id, proof: { caseId: "pca_before" } });
    return id;
  }

  async partner(id: string) {
    return await getPartner(this.api.ctx, systemActor("office"), id);
  }

  async change(id: string, change: object): Promise<void> {
    const { revision } = await this.partner(id);
    await changePartner(this.api.ctx, systemActor("office"), id, { revision, ...change });
  }
}
