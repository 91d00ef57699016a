import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor } from "./harness/browser.ts";
import { listen, open, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";

interface Statement {
  readonly id: string;
  readonly partnerId: string;
  readonly month: string;
  readonly currency: string;
  readonly figures: { readonly closingPayable: string };
}

/** Of a month: one person closes, is refused to pay, another pays; every amount opens down to its events. */
describe("the money of a month", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  const visitors: BrowserContext[] = [];
  let finance: { context: BrowserContext; page: Page };
  let statement: Statement;
  before(async () => {
    tributary = await startSample();
    browser = await openBrowser();
    finance = await visitor("finance@tributary.example");
    statement = await openStatementWithSomethingToPay();
  });
  after(async () => {
    for (const context of visitors) await context.close();
    await browser?.close();
    await tributary?.stop();
  });

  it("finance closes the statement", async () => {
    const { page } = finance;
    const complaints = listen(page);
    await open(page, `/statements/${statement.id}`);
    await page.locator("main").getByRole("button", { name: "Close statement" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Close statement" }).click();
    await page.locator("main").getByRole("button", { name: "Mark as paid" }).waitFor();
    assert.deepEqual(complaints.all, []);
  });

  it("whoever closed it is refused to mark it as paid", async () => {
    const { page } = finance;
    const complaints = listen(page);
    await pay(page, "BANK-SELF");
    await page.getByRole("dialog").getByRole("alert").filter({ hasText: "two people" }).waitFor();
    assert.deepEqual(complaints.all, [`403 POST ${tributary.url}/v1/statements/${statement.id}/pay`]);
    assert.equal((await read<{ status: string }>(finance.context, `/v1/statements/${statement.id}`)).status, "closed");
  });

  it("another person marks it as paid, with the bank's reference", async () => {
    const { page } = await visitor("admin@tributary.example");
    const complaints = listen(page);
    await open(page, `/statements/${statement.id}`);
    await pay(page, "BANK-2026-77");
    await page.locator("main").getByText("BANK-2026-77").first().waitFor();
    await page.locator("main").getByText("Paid", { exact: true }).first().waitFor();
    assert.deepEqual(complaints.all, []);
  });

  it("a line's amount opens to its arithmetic, its terms and its events", async () => {
    const line = await lineWithEvents(finance.context, "");
    const { page } = finance;
    const complaints = listen(page);
    await open(page, `/lines?partnerId=${line.partnerId}`);
    await showsWhy(page);
    assert.deepEqual(complaints.all, []);
  });

  it("its partner opens the same from the own statement; a foreign partner finds nothing there", async () => {
    const own = await visitor("nina@partner.example");
    const line = await lineWithEvents(own.context, "");
    const month = await read<{ data: readonly Statement[] }>(own.context, `/v1/statements?month=${line.bookedMonth}`);
    const mine = month.data.find((one) => one.currency === line.currency);
    assert.ok(mine);
    const complaints = listen(own.page);
    await open(own.page, `/portal/earnings/${mine.id}?tab=lines`);
    await showsWhy(own.page);
    assert.deepEqual(complaints.all, []);

    const foreign = await visitor("compass@partner.example");
    for (const path of [`/v1/statements/${mine.id}`, `/v1/lines/${line.id}`])
      assert.equal((await foreign.context.request.get(`${tributary.url}${path}`)).status(), 404, path);
    await foreign.page.goto(`/portal/earnings/${mine.id}`);
    await foreign.page.getByText("There is nothing at this address that you may see.").waitFor();
  });

  async function visitor(email: string): Promise<{ context: BrowserContext; page: Page }> {
    const made = await openVisitor(browser, tributary.url);
    visitors.push(made.context);
    await signIn(made.context, tributary.url, email, PASSWORD);
    return made;
  }

  async function read<T>(context: BrowserContext, path: string): Promise<T> {
    const answer = await context.request.get(`${tributary.url}${path}`);
    assert.equal(answer.status(), 200, path);
    return (await answer.json()) as T;
  }

  /** Of the months that are over in every zone of the earth; the sample leaves some of the last one to be closed. */
  async function openStatementWithSomethingToPay(): Promise<Statement> {
    const now = new Date(Date.now() - 12 * 3_600_000).toISOString().slice(0, 7);
    const all = await read<{ data: readonly Statement[] }>(finance.context, "/v1/statements?status=open&limit=200");
    // Months of a partner are closed in their order.
    const isNext = (one: Statement) =>
      !all.data.some((other) => other.partnerId === one.partnerId && other.month < one.month);
    const found = all.data.find((one) => one.month < now && isNext(one) && BigInt(one.figures.closingPayable) > 0n);
    assert.ok(found, "the sample leaves an open statement of a month that is over");
    return found;
  }

  async function lineWithEvents(context: BrowserContext, query: string): Promise<Line> {
    const lines = await read<{ data: readonly Line[] }>(context, `/v1/lines?limit=50${query}`);
    const found = lines.data.find((one) => one.subjectKind === "customer" && one.amount !== "0");
    assert.ok(found, "the sample has commission for a customer");
    return found;
  }
});

interface Line {
  readonly id: string;
  readonly partnerId: string;
  readonly subjectKind: string;
  readonly amount: string;
  readonly bookedMonth: string;
  readonly currency: string;
}

async function pay(page: Page, reference: string): Promise<void> {
  await page.locator("main").getByRole("button", { name: "Mark as paid" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Payment reference").fill(reference);
  await dialog.getByRole("button", { name: "Mark as paid" }).click();
}

/** Opens the first amount and finds what it is made of, down to the events and the bookings. */
async function showsWhy(page: Page): Promise<void> {
  const amount = page.locator("main").getByTitle("Why this amount?").first();
  const shown = ((await amount.textContent()) ?? "").replace(/[^\d.,-]/g, "");
  await amount.click();
  const drawer = page.getByRole("dialog");
  for (const part of ["Step by step", "Terms", "Accepted by", "Events", "Bookings"])
    await drawer.getByText(part, { exact: true }).first().waitFor();
  assert.ok(((await drawer.textContent()) ?? "").includes(shown), `the drawer ends at ${shown}`);
  assert.ok((await drawer.getByRole("region", { name: "Events" }).locator("tbody tr").count()) > 0, "events behind it");
}
