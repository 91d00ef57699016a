import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Activity } from "@tributary/contract";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";

let world: ApiWorld;
let administrator: Caller;
before(async () => {
  world = await apiWorld();
  administrator = await world.administrator();
});
after(() => world.close());

/** Activities are written a moment after the answer. */
async function waitFor(who: Caller, query: string, holds: (rows: Activity[]) => boolean): Promise<Activity[]> {
  for (let waited = 0; ; waited += 1) {
    const { status, body } = await who.call("GET", `/v1/activity?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    if (holds(body.data)) return body.data;
    if (waited > 200) assert.fail(`not noted: ${JSON.stringify(body.data)}`);
    await sleep(50);
  }
}

describe("the activity log", () => {
  it("shows refused and failed calls, looks at people, files and changes in one order", async () => {
    const nosy = await world.person("Nosy", [{ role: "analyst", ...EVERYWHERE }]);
    await nosy.call("GET", "/v1/access/grants");
    await nosy.call("GET", "/v1/partners/prt_nothing");
    await nosy.call("GET", `/v1/users/${nosy.userId}`);
    await nosy.call("GET", "/v1/partners?format=csv");
    await nosy.call("PATCH", "/v1/me", { name: "Nosy Parker" });
    const rows = await waitFor(administrator, `personId=${nosy.userId}`, (all) => all.length >= 5);
    const told = rows.map((row) => `${row.kind} ${row.action} ${row.detail ?? ""}`.trim());
    for (const line of [
      "refused GET /v1/access/grants forbidden",
      "failed GET /v1/partners/:id not_found",
      "view GET /v1/users/:id",
      "download GET /v1/partners csv",
      "change access.profile_changed",
    ])
      assert.ok(told.includes(line), `${line} in ${JSON.stringify(told)}`);
    assert.ok(rows.every((row) => row.personId === nosy.userId && row.name.startsWith("Nosy")));
  });

  it("is read page by page without a gap", async () => {
    const all = (await administrator.call("GET", "/v1/activity?limit=100")).body.data as Activity[];
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body } = await administrator.call("GET", `/v1/activity?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...body.data.map((row: Activity) => row.id));
      cursor = body.nextCursor;
    }
    const known = new Set(all.map((row) => row.id));
    assert.deepEqual(
      seen.filter((id) => known.has(id)),
      all.map((row) => row.id),
    );
  });

  it("is closed to staff without the right; everybody reads the own", async () => {
    const kim = await world.person("Kim", [{ role: "key_account_manager", scopeKind: "portfolio", scopeId: "self" }]);
    assert.equal((await kim.call("GET", "/v1/activity")).status, 403);
    assert.equal((await kim.call("GET", `/v1/activity?personId=${administrator.userId}`)).status, 403);
    await waitFor(kim, `personId=${kim.userId}`, (rows) => rows.some((row) => row.kind === "refused"));
  });

  it("shows a partner's owner the own team, and nothing that the operator or another partner did", async () => {
    const [id, other] = [await world.partner("acme"), await world.partner("other")];
    const owner = await world.person("Owner", [{ role: "partner_owner", scopeKind: "partner", scopeId: id }], id);
    const member = await world.person("Member", [{ role: "partner_member", scopeKind: "partner", scopeId: id }], id);
    const foreign = await world.person(
      "Foreign",
      [{ role: "partner_owner", scopeKind: "partner", scopeId: other }],
      other,
    );
    await administrator.call("GET", `/v1/partners/${id}/nothing`);
    const { body } = await administrator.call("GET", `/v1/partners/${id}`);
    await administrator.call("PATCH", `/v1/partners/${id}`, { revision: body.revision, note: "secret" });
    await foreign.call("GET", `/v1/partners/${id}`);
    await member.call("GET", "/v1/partners/prt_nothing");
    const rows = await waitFor(owner, "", (all) => all.some((row) => row.personId === member.userId));
    assert.ok(
      rows.every((row) => row.personId === owner.userId || row.personId === member.userId),
      JSON.stringify(rows),
    );
    const own = await waitFor(member, "", (all) => all.length > 0);
    assert.ok(own.every((row) => row.personId === member.userId));
    const narrowed = await member.call("GET", `/v1/activity?personId=${owner.userId}`);
    assert.ok(narrowed.body.data.every((row: Activity) => row.personId === member.userId));
  });
});
