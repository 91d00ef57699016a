import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { type TwoPartners, twoPartners } from "../../test/two-partners.ts";
import { type OperatorRole, operatorRoles, PERMISSIONS, ROLES } from "../access/index.ts";

/** Every route of the assembled application: a role without its permission is turned away, one with it is let in. */
let two: TwoPartners;
const people = new Map<OperatorRole, Caller>();
before(async () => {
  two = await twoPartners();
  for (const role of operatorRoles)
    people.set(role, await two.hands.person(`Role ${role}`.replace(" ", "."), [{ role, ...EVERYWHERE }]));
});
after(() => two.close());

const REFUSED = /does not have the permission/;

it("each route says what it needs: a permission that exists, or only a sign-in", () => {
  const odd = two.routes.filter(({ permission, audience }) => {
    if (audience === "public" || permission === "signed-in") return false;
    return permission === undefined || !(PERMISSIONS as readonly string[]).includes(permission);
  });
  assert.deepEqual(odd, []);
});

it("each route of the operator turns away a role that lacks its permission, and lets in one that has it", async () => {
  const wrong: string[] = [];
  let turn = 0;
  for (const { method, url, audience, permission } of two.routes) {
    if (audience === "public" || audience === "partner" || permission === undefined || permission === "signed-in")
      continue;
    const holds = (role: OperatorRole) => (ROLES[role] as readonly string[]).includes(permission);
    const [without, within] = [operatorRoles.filter((role) => !holds(role)), operatorRoles.filter(holds)];
    const address = url.replaceAll(/:\w+/g, "nothing");
    // Each route is asked by one role of either kind, in turn: over all routes every role is asked many times.
    turn += 1;
    const outside = without[turn % Math.max(1, without.length)];
    if (outside !== undefined) {
      const answer = await people.get(outside)?.call(method, address);
      if (answer?.status !== 403 || !REFUSED.test(answer.body.detail))
        wrong.push(`${outside} ${method} ${url}: ${answer?.status}`);
    }
    const inside = within[turn % Math.max(1, within.length)];
    if (method !== "GET" || inside === undefined) continue;
    const answer = await people.get(inside)?.call(method, address);
    if (answer?.status === 403 && REFUSED.test(answer.body.detail))
      wrong.push(`${inside} ${method} ${url}: ${answer.body.detail}`);
  }
  assert.deepEqual(wrong, []);
});
