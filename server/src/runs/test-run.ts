import type { RunDetail, RunState } from "@tributary/contract";
import { ANNA, CPA, MoneyWorld, person, planOf, SHARE } from "../../test/money/world.ts";
import { type Actor, type Permission, ROLES } from "../access/index.ts";
import { recalculate } from "../commissions/index.ts";
import { createPartner } from "../partners/index.ts";
import { createRegion } from "../programs/index.ts";
import { feedTotals } from "../tracking/index.ts";
import { approveItems } from "./approvals.ts";
import { askFor, openRun } from "./moves.ts";
import type { RunNeeds } from "./needs.ts";
import { payeeLooks } from "./payee-look.ts";
import { getRun } from "./reading.ts";
import { advanceRun, type WorkOptions } from "./work.ts";

/** Whoever approves in a region only. */
export function regional(id: string, regionId: string): Actor {
  const permissions = new Set<Permission>(ROLES.approver);
  return {
    kind: "user",
    id,
    name: id,
    permissions,
    grants: [{ role: "approver", permissions, scope: { kind: "region", id: regionId } }],
  };
}

/** An operator with two regions and people who run, approve and sign; Anna wrote all agreements. */
export class RunWorld {
  readonly money: MoneyWorld;
  readonly people: Readonly<Record<"finn" | "rita" | "lars" | "cora" | "dora" | "fred", Actor>>;
  readonly regions: Readonly<Record<"eu" | "latam", string>>;
  readonly programId: string;
  readonly planId: string;
  needs: RunNeeds;
  #number = 0;

  private constructor(money: MoneyWorld, regions: { eu: string; latam: string }, programId: string, planId: string) {
    this.money = money;
    this.regions = regions;
    this.programId = programId;
    this.planId = planId;
    this.people = {
      finn: person("usr_finn", "finance"),
      rita: regional("usr_rita", regions.eu),
      lars: regional("usr_lars", regions.latam),
      cora: person("usr_cora", "approver"),
      dora: person("usr_dora", "approver"),
      fred: person("usr_fred", "finance"),
    };
    const all = new Map([...Object.values(this.people), ANNA].map((one) => [one.id, one]));
    this.needs = {
      feedTotals,
      payees: payeeLooks,
      expiredDocuments: null,
      screening: null,
      actorOf: async (_, id) => all.get(id),
    };
  }

  static async open(): Promise<RunWorld> {
    const money = await MoneyWorld.open("2026-01-05T12:00:00Z");
    const eu = (await createRegion(money.ctx, ANNA, { code: "eu", name: "Europe" })).id;
    const latam = (await createRegion(money.ctx, ANNA, { code: "latam", name: "Latin America" })).id;
    const programId = await money.program("casino");
    const planId = await money.plan(programId, "hybrid", planOf(CPA, SHARE));
    return new RunWorld(money, { eu, latam }, programId, planId);
  }

  /** A partner with an agreement and one customer. */
  async partner(region: "eu" | "latam", ownerUserId: string | null = null) {
    this.#number += 1;
    const code = `partner-${this.#number}`;
    const input = { code, name: code, kind: "affiliate" as const, regionId: this.regions[region], ownerUserId };
    const { id } = await createPartner(this.money.ctx, ANNA, input);
    await this.money.agree(id, this.programId, this.planId);
    return { id, customer: await this.money.customer(this.programId, id, `c-${code}`) };
  }

  async revenue(customer: bigint, on: string, ggr: number): Promise<void> {
    await this.money.arrive({ customer, type: "activity", on, measures: { ggr } });
    await recalculate(this.money.ctx);
  }

  async run(kind: "off_cycle" | "regular", from: string, to: string, partnerIds: string[]): Promise<string> {
    const { ctx } = this.money;
    return await openRun(ctx, this.people.finn, {
      kind,
      schedule: null,
      from,
      to,
      scope: { partnerIds, regionIds: [] },
      reason: "a test",
    });
  }

  async detail(runId: string, actor: Actor = this.people.finn): Promise<RunDetail> {
    return await getRun(this.money.ctx, actor, runId, this.needs);
  }

  /** Asks for work and does it. @param actor who asks */
  async work(
    runId: string,
    step: "freeze" | "calculate" | "validate",
    actor: Actor = this.people.finn,
    options: WorkOptions = {},
  ): Promise<RunState> {
    const { revision } = await this.detail(runId);
    await askFor(this.money.ctx, actor, runId, step, { revision, comment: "" }, this.needs);
    await advanceRun(this.money.ctx, runId, this.needs, options);
    return (await this.detail(runId)).state;
  }

  /** Approves what is named, or what is clean; the worker releases what is through. */
  async approve(runId: string, actor: Actor, partnerIds?: readonly string[]) {
    const { revision } = await this.detail(runId);
    const items = partnerIds?.map((partnerId) => ({ partnerId, currency: "EUR" }));
    const input = { revision, clean: false, comment: "", ...(items === undefined ? {} : { items }) };
    const done = await approveItems(this.money.ctx, actor, runId, input, this.needs);
    await advanceRun(this.money.ctx, runId, this.needs);
    return done;
  }

  close(): Promise<void> {
    return this.money.close();
  }
}
