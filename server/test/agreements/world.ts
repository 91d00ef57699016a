import assert from "node:assert/strict";
import type { Evidence } from "../../src/agreements/index.ts";
import { agreementsRoutes } from "../../src/agreements/routes.ts";
import { evaluate } from "../../src/commissions/index.ts";
import { plansRoutes } from "../../src/plans/routes.ts";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../api-world.ts";
import { CPA, planOf, SHARE } from "../money/world.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export type Loose = any;
type Asked = Promise<{ status: number; body: Loose }>;

/** The answer's body; the test fails unless it is what was hoped for. */
export async function ok(answer: Asked, status = 200): Promise<Loose> {
  const { status: got, body } = await answer;
  assert.equal(got, status, JSON.stringify(body));
  return body;
}

/** The problem; the test fails unless it has this code. */
export async function refused(answer: Asked, code: string): Promise<Loose> {
  const { body } = await answer;
  assert.equal(body.code, code, JSON.stringify(body));
  return body;
}

/** Address of what is done with a version. */
export function at(version: { agreementId: string; version: number }, verb: string): string {
  return `/v1/agreements/${version.agreementId}/versions/${version.version}/${verb}`;
}

/** An operator with everybody who has a say in agreements, a program with a standard plan and a template. */
export async function agreementsWorld() {
  /** Simulations that this world's deal desk has stored. */
  const evidence = new Map<string, Evidence>();
  const needs = { evidenceOf: async (_ctx: unknown, _actor: unknown, id: string) => evidence.get(id) };
  const world = await apiWorld({
    rooms: () => [plansRoutes({ run: evaluate }), agreementsRoutes(needs)],
    at: "2026-03-10T12:00:00Z",
  });
  const admin = await world.administrator();
  const as = (name: string, role: "approver" | "finance" | "compliance" | "key_account_manager") =>
    world.person(name, [{ role, ...EVERYWHERE }]);
  const approver = await as("Arthur", "approver");
  const hands = { world, admin, approver };
  const programId = await newProgram(hands, "casino");
  const planVersionId = await newPlan(hands, programId, "standard");
  const template = await ok(admin.call("POST", "/v1/agreement-templates", TEMPLATE(programId, planVersionId)), 201);
  const templateVersionId: string = template.latest.id;
  return {
    ...hands,
    evidence,
    kam: await as("Karin", "key_account_manager"),
    second: await as("Berta", "approver"),
    finance: await as("Fatima", "finance"),
    compliance: await as("Connor", "compliance"),
    programId,
    program: (code: string) => newProgram(hands, code),
    plan: (inProgram: string, code: string) => newPlan(hands, inProgram, code),
    partner: (name: string, fields: { country?: string } = {}) => newPartner(hands, name, fields),
    propose: (by: Caller, partnerId: string, more: object = {}) =>
      by.call("POST", "/v1/agreements", { partnerId, programId, templateVersionId, validFrom: "2026-04-01", ...more }),
    /** Approved by the approver and signed by the partner's owner. */
    sign: async (made: Loose, owner: Caller): Promise<Loose> => {
      await ok(approver.call("POST", at(made, "approve"), {}));
      const signature = { name: "Sofía Ruiz", termsHash: made.termsHash, authority: true };
      return await ok(owner.call("POST", at(made, "accept"), signature));
    },
  };
}

export type AgreementsWorld = Awaited<ReturnType<typeof agreementsWorld>>;

interface Hands {
  readonly world: ApiWorld;
  readonly admin: Caller;
  readonly approver: Caller;
}

const TEMPLATE = (programId: string, planVersionId: string) => ({
  programId,
  code: "affiliates",
  name: "Affiliates",
  planVersionId,
  clauses: [
    { key: "parties", title: "Parties", text: "{{program.name}} and **{{partner.legalName}}**.", locked: true },
    { key: "payment", title: "Payment", text: "{{plan.text}}\n\nPaid until the 10th.", locked: false },
  ],
});

async function newProgram({ admin }: Hands, code: string): Promise<string> {
  const program = { code, name: code, timeZone: "UTC", currency: "EUR", fallbackUrl: "https://o.example/" };
  const made = await ok(admin.call("POST", "/v1/programs", program), 201);
  await ok(admin.call("POST", `/v1/programs/${made.id}/status`, { revision: made.revision, status: "active" }));
  return made.id;
}

async function newPlan({ admin, approver }: Hands, programId: string, code: string): Promise<string> {
  const plan = { programId, code, name: code, document: planOf(CPA, SHARE) };
  const made = await ok(admin.call("POST", "/v1/plans", plan), 201);
  await ok(approver.call("POST", `/v1/plans/${made.id}/versions/${made.versions[0].id}/publish`));
  return made.versions[0].id;
}

/** A partner with an owner who may sign for it, and one who may not. */
async function newPartner({ world, admin }: Hands, name: string, fields: { country?: string }) {
  const facts = { code: `partner-${name}`, name, legalName: `${name} Ltd`, kind: "affiliate", ...fields };
  const made = await ok(admin.call("POST", "/v1/partners", { ...facts, email: `${name}@partner.example` }), 201);
  const grants = [{ role: "partner_owner" as const, scopeKind: "partner" as const, scopeId: made.id }];
  const owner = await world.person(`Owner${name}`, grants, made.id);
  const helper = await world.person(`Helper${name}`, grants, made.id);
  // Written otherwise than the account: addresses are compared without regard to case.
  const contact = { name: "Sofía Ruiz", email: `Owner${name}@People.example`, signatory: true };
  await ok(admin.call("POST", `/v1/partners/${made.id}/contacts`, contact), 201);
  return { id: made.id as string, owner, helper };
}
