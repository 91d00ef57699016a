import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor, PATIENCE_MS } from "./harness/browser.ts";
import { axeProblems, goOn, listen, open, overflow, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";

interface Agreement {
  readonly id: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly inForce: { readonly planId: string; readonly planVersionId: string } | null;
}
interface Simulation {
  readonly id: string;
  readonly status: string;
  readonly result: {
    readonly changed: number;
    readonly customersMoved: number | null;
    readonly totals: readonly { readonly booked: string; readonly difference: string }[];
  };
}

/** A deal is looked at before it is signed and shown to its approvers; a month that is over is looked at under something else. */
describe("foresight", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let agreement: Agreement;
  let partnerName: string;
  let simulationId: string;
  before(async () => {
    tributary = await startSample();
    browser = await openBrowser();
    ({ context, page } = await openVisitor(browser, tributary.url));
    await signIn(context, tributary.url, "admin@tributary.example", PASSWORD);
    const all = await read<{ data: readonly Agreement[] }>("/v1/agreements?limit=100");
    const found = all.data.find((one) => one.inForce !== null);
    assert.ok(found, "the sample has an agreement in force");
    agreement = found;
    partnerName = (await read<{ name: string }>(`/v1/partners/${found.partnerId}`)).name;
  });
  after(async () => {
    await context?.close();
    await browser?.close();
    await tributary?.stop();
  });

  async function read<T>(path: string): Promise<T> {
    const answer = await context.request.get(`${tributary.url}${path}`);
    assert.ok(answer.ok(), `${answer.status()} ${path} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function send<T>(path: string, data: object): Promise<T> {
    const headers = { origin: tributary.url, "idempotency-key": crypto.randomUUID() };
    const answer = await context.request.post(`${tributary.url}${path}`, { headers, data });
    assert.ok(answer.ok(), `${answer.status()} ${path} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function finished(id: string): Promise<Simulation> {
    const end = Date.now() + PATIENCE_MS * 3;
    while (Date.now() < end) {
      const one = await read<Simulation>(`/v1/simulations/${id}`);
      if (!["queued", "running"].includes(one.status)) return one;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error("the simulation does not end");
  }

  it("a deal is filled in, run, and shown beside today's plan", async () => {
    const complaints = listen(page);
    await open(page, "/deal-desk/new");
    await page.getByLabel("Name").first().fill("Renewal");
    await choose("Program", (await read<{ name: string }>(`/v1/programs/${agreement.programId}`)).name);
    await page.getByRole("combobox", { name: "Partner" }).fill(partnerName);
    await page.getByRole("option", { name: partnerName }).first().click();
    const plan = await read<{ name: string }>(`/v1/plans/${agreement.inForce?.planId}`);
    await choose("Proposed plan", plan.name);
    await page.locator("main").getByRole("button", { name: "Run", exact: true }).first().click();
    await page.getByRole("tab", { name: "Comparison" }).waitFor();
    await page.locator("main").getByText("Cost per first deposit").first().waitFor();
    simulationId = page.url().split("/").at(-1)?.split("?")[0] ?? "";
    assert.match(simulationId, /^sim_/);
    await page.getByRole("tab", { name: "Tiers and worst cases" }).click();
    await page.locator("main").getByText("One whale wins").first().waitFor();
    assert.deepEqual(complaints.all, []);
  });

  async function choose(label: string, name: string): Promise<void> {
    await page.getByRole("combobox", { name: label }).click();
    await page.getByRole("option", { name, exact: true }).click();
  }

  it("is attached to terms that are negotiated, where it is their evidence", async () => {
    const { partnerId, programId, inForce } = agreement;
    const terms = {
      partnerId,
      programId,
      planVersionId: inForce?.planVersionId,
      validFrom: "2030-01-01",
      submit: false,
    };
    const proposed = await send<{ agreementId: string; version: number }>("/v1/agreements", terms);
    await open(page, `/deal-desk/${simulationId}`);
    await page.getByRole("button", { name: "Attach to terms" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Terms" }).click();
    await page.getByRole("option").first().click();
    await dialog.getByRole("button", { name: "Attach", exact: true }).click();
    await page.waitForURL(/\/agreements\//);
    const detail = await read<{
      versions: readonly { version: number; rounds: readonly { evidence: string | null }[] }[];
    }>(`/v1/agreements/${proposed.agreementId}`);
    const version = detail.versions.find((one) => one.version === proposed.version);
    assert.equal(version?.rounds.at(-1)?.evidence, simulationId);
  });

  it("a closed month under a rule that knows no clicks: customers move, nothing is booked, the table is a file", async () => {
    const { data } = await read<{ data: readonly { month: string }[] }>(
      `/v1/statements?programId=${agreement.programId}&status=paid&limit=100`,
    );
    // Not the month that is under way: the sample's traffic goes on while this runs, and its facts would be newer than its lines.
    const month = data.map((one) => one.month).sort()[0];
    assert.ok(month !== undefined, "the sample has paid months");
    const rules = { priority: ["partner"] };
    const question = {
      kind: "replay",
      name: "No clicks",
      programId: agreement.programId,
      month,
      change: { kind: "attribution", rules },
    };
    const { id } = await send<Simulation>("/v1/simulations", question);
    const done = await finished(id);
    assert.equal(done.status, "done");
    assert.ok((done.result.customersMoved ?? 0) > 0);
    await open(page, `/what-if/${id}?tab=partners`);
    await page.locator("main").getByText("Would be").first().waitFor();
    const file = await context.request.get(`${tributary.url}/v1/simulations/${id}/partners?format=csv`);
    assert.match(file.headers()["content-type"] ?? "", /csv/);
    const unchanged = { ...question, name: "Same", change: { kind: "attribution", rules: {} } };
    const same = await finished((await send<Simulation>("/v1/simulations", unchanged)).id);
    assert.deepEqual([same.result.customersMoved, same.result.changed], [0, 0], "today's rule moves nobody");
  });

  it("partners see nothing of it", async () => {
    const visitor = await openVisitor(browser, tributary.url);
    await signIn(visitor.context, tributary.url, "compass@partner.example", PASSWORD);
    for (const path of ["/v1/simulations", `/v1/simulations/${simulationId}`])
      assert.ok([403, 404].includes((await visitor.context.request.get(`${tributary.url}${path}`)).status()), path);
    await visitor.context.close();
  });

  for (const viewport of ["desk", "telephone"] as const)
    it(`screens, ${viewport}, dark and in Spanish: nothing fails, nothing sticks out, axe has nothing to say`, async () => {
      const visitor = await openVisitor(browser, tributary.url, { viewport, colors: "dark" }, "es-ES");
      await signIn(visitor.context, tributary.url, "admin@tributary.example", PASSWORD);
      const complaints = listen(visitor.page);
      await open(visitor.page, "/deal-desk");
      for (const path of [
        "/deal-desk",
        "/deal-desk/new",
        `/deal-desk/${simulationId}`,
        `/deal-desk/${simulationId}?tab=risks`,
        "/what-if",
        "/what-if?new=1",
      ]) {
        await goOn(visitor.page, path);
        assert.deepEqual(await axeProblems(visitor.page), [], path);
        assert.ok((await overflow(visitor.page)) <= 0, path);
      }
      assert.deepEqual(complaints.all, []);
      const folder = process.env.TRIBUTARY_PICTURES;
      if (folder !== undefined) {
        await open(visitor.page, `/deal-desk/${simulationId}`);
        await visitor.page.waitForTimeout(700);
        await visitor.page.screenshot({ path: `${folder}/deal-${viewport}.png`, fullPage: true });
        await open(visitor.page, "/deal-desk/new");
        await visitor.page.screenshot({ path: `${folder}/deal-new-${viewport}.png`, fullPage: true });
      }
      await visitor.context.close();
    });
});
