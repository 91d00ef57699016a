import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { parse } from "yaml";
import { type TwoPartners, twoPartners } from "../../../test/two-partners.ts";

/** Through the whole application: the program's own plan templates, a partner's own terms, and public pages. */
describe("estimates over HTTP", () => {
  let world: TwoPartners;
  before(async () => {
    world = await twoPartners();
  });
  after(() => world.close());

  const terms = async (of: "mine" | "foreign"): Promise<string> => {
    const { body } = await world[of].owner.call("GET", "/v1/agreements");
    return body.data[0].inForce.id;
  };
  const publishedVersion = async (): Promise<string> => {
    const plans = await world.administrator.call("GET", "/v1/plans");
    const plan = await world.administrator.call("GET", `/v1/plans/${plans.body.data[0].id}`);
    return plan.body.versions.find((one: { status: string }) => one.status === "published").id;
  };

  it("estimates every template of the field: months sum to the total, components to the months", async () => {
    const { body } = await world.administrator.call("GET", "/v1/plans/templates");
    assert.ok(body.data.length >= 15);
    let paying = 0;
    for (const template of body.data) {
      const document = parse(template.source);
      const made = await world.administrator.call("POST", "/v1/estimates", { of: { document }, funnel: { months: 3 } });
      assert.equal(made.status, 200, `${template.code}: ${JSON.stringify(made.body)}`);
      const sum = (amounts: readonly string[]) => amounts.reduce((all, one) => all + BigInt(one), 0n);
      const months: { amount: string; components: Record<string, string> }[] = made.body.months;
      assert.equal(sum(months.map((one) => one.amount)), BigInt(made.body.total), template.code);
      for (const month of months) assert.equal(sum(Object.values(month.components)), BigInt(month.amount));
      if (BigInt(made.body.total) > 0n) paying += 1;
    }
    assert.equal(paying, body.data.length, "each template pays something for the funnel it begins with");
  });

  it("a partner estimates its own terms, nobody else's, and no plan", async () => {
    const own = await world.mine.owner.call("POST", "/v1/estimates", {
      of: { agreementVersionId: await terms("mine") },
      language: "es",
    });
    assert.equal(own.status, 200, JSON.stringify(own.body));
    assert.equal(own.body.sliders[0].label, "Clics al mes");
    for (const other of [{ agreementVersionId: await terms("foreign") }, { planVersionId: await publishedVersion() }])
      assert.equal((await world.mine.owner.call("POST", "/v1/estimates", { of: other })).status, 404);
  });

  it("a public page shows a published plan without sign-in, in frames of named pages only, until it is taken away", async () => {
    const page = await world.administrator.call("POST", "/v1/calculators", {
      planVersionId: await publishedVersion(),
      title: "What you earn",
      frameAncestors: ["https://partners.example"],
    });
    assert.equal(page.status, 201, JSON.stringify(page.body));
    const address = `/v1/public/calculators/${page.body.token}/estimates`;
    const shown = await world.anonymous.call("POST", address, { funnel: { numbers: { clicks: 1000 }, months: 1 } });
    assert.deepEqual([shown.status, shown.body.title], [200, "What you earn"]);
    assert.deepEqual(Object.keys(shown.body).sort(), ["estimate", "title"]);
    const listed = await world.administrator.call("GET", `/v1/calculators?planId=${page.body.planId}`);
    assert.deepEqual(
      listed.body.data.map((one: { id: string }) => one.id),
      [page.body.id],
    );
    assert.equal((await world.mine.owner.call("GET", "/v1/calculators")).status, 403);
    assert.equal((await world.administrator.call("DELETE", `/v1/calculators/${page.body.id}`)).status, 204);
    assert.equal((await world.anonymous.call("POST", address, {})).status, 404);
  });

  it("a page may be framed by origins only", async () => {
    const made = await world.administrator.call("POST", "/v1/calculators", {
      planVersionId: await publishedVersion(),
      title: "X",
      frameAncestors: ["https://a.example; script-src *"],
    });
    assert.equal(made.status, 422, JSON.stringify(made.body));
  });
});
