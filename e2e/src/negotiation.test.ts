import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor } from "./harness/browser.ts";
import { axeProblems, listen, open, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";

interface Listed {
  readonly data: readonly { readonly id: string; readonly partnerId: string }[];
}

/** A dear deal: approved by two people for two reasons, countered in the portal, taken up, approved again, signed. */
describe("a negotiation in the browser", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  let agreement = "";
  const visitors = new Map<string, { context: BrowserContext; page: Page }>();
  before(async () => {
    tributary = await startSample();
    browser = await openBrowser();
    const { context } = await visitor("ops@tributary.example");
    const waiting = (await (
      await context.request.get(`${tributary.url}/v1/agreements?state=proposed`)
    ).json()) as Listed;
    agreement = waiting.data[0]?.id ?? "";
    assert.notEqual(agreement, "", "the sample leaves terms to be approved");
  });
  after(async () => {
    for (const { context } of visitors.values()) await context.close();
    await browser?.close();
    await tributary?.stop();
  });

  it("whoever wrote the terms is offered no approval", async () => {
    const { page } = await visitor("ops@tributary.example");
    await open(page, `/agreements/${agreement}`);
    await page.getByRole("button", { name: "Change terms" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Approve", exact: true }).count(), 0);
  });

  it("today leads finance to what it is asked for; it sees why, and approves", async () => {
    const { page } = await visitor("finance@tributary.example");
    const complaints = listen(page);
    await open(page, "/");
    await page.getByRole("link", { name: /agreement to approve/ }).click();
    // The page before names partners too, and stays until the next one is there.
    const asked = page.getByRole("row").filter({ hasText: "Lagoon Casino" });
    await asked.getByRole("link", { name: "Lucky Nina Live" }).click();
    await page.getByText("acquisition.amount is 130.00 EUR, more than 120.00 EUR.").waitFor();
    assert.deepEqual(await axeProblems(page), []);
    await approve(page, "the competitor's offer is known to us");
    await page.getByText("finance 1/1").first().waitFor();
    assert.deepEqual(complaints.all, []);
  });

  it("the approver's word is the last: the terms go to the partner", async () => {
    const { page } = await visitor("approver@tributary.example");
    await open(page, `/agreements/${agreement}`);
    await approve(page);
    await page.getByText("The terms are with the partner").waitFor();
  });

  it("the partner reads what is paid and answers with another value", async () => {
    const { page } = await visitor("nina@partner.example");
    const complaints = listen(page);
    await open(page, "/portal/agreements");
    await page.getByRole("link", { name: "Lagoon Casino" }).click();
    await page.getByText("New terms wait for your signature").waitFor();
    await page.getByRole("button", { name: "Propose other terms" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("acquisition amount").fill("135");
    await dialog.getByLabel("Why").fill("My last three streams brought more than a hundred players each.");
    await dialog.getByRole("button", { name: "Send the proposal" }).click();
    await page.getByText("Your proposal is with the operator").waitFor();
    assert.deepEqual(complaints.all, []);
    assert.deepEqual(await axeProblems(page), []);
  });

  it("the operator sees the difference and takes it up; what was approved before counts no more", async () => {
    const { page } = await visitor("ops@tributary.example");
    await open(page, `/agreements/${agreement}`);
    await page.getByText("My last three streams").waitFor();
    await page.getByRole("table").getByText("135").first().waitFor();
    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByRole("dialog").getByLabel("Simulation of the deal desk").waitFor();
    assert.deepEqual(await axeProblems(page), []);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Take up as it is" }).click();
    await page.getByText("New terms wait for approval").waitFor();
    await page.getByText("an earlier one, counts no more").first().waitFor();
    for (const email of ["finance@tributary.example", "approver@tributary.example"]) {
      const { page: other } = await visitor(email);
      await open(other, `/agreements/${agreement}`);
      await approve(other);
      await other.getByRole("dialog").waitFor({ state: "detached" });
    }
  });

  it("the partner signs by name, and has the paper", async () => {
    const { page, context } = await visitor("nina@partner.example");
    const complaints = listen(page);
    await open(page, `/portal/agreements/${agreement}`);
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    const dialog = page.getByRole("dialog");
    const sign = dialog.getByRole("button", { name: "Sign", exact: true });
    await dialog.getByLabel("Your name").fill("Nina Castro");
    assert.ok(await sign.isDisabled(), "not without the authority");
    await dialog.getByRole("checkbox").check();
    await sign.click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("tab", { name: /All versions/ }).click();
    await page.getByText("Signed, begins later").first().waitFor();
    const paper = await context.request.get(`${tributary.url}/v1/agreements/${agreement}/versions/2/document.pdf`);
    assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
    assert.deepEqual(complaints.all, []);
    const foreign = await visitor("evergreen@partner.example");
    const stranger = await foreign.context.request.get(
      `${tributary.url}/v1/agreements/${agreement}/versions/2/document.pdf`,
    );
    assert.equal(stranger.status(), 404);
  });

  async function visitor(email: string): Promise<{ context: BrowserContext; page: Page }> {
    const known = visitors.get(email);
    if (known !== undefined) return known;
    const made = await openVisitor(browser, tributary.url);
    visitors.set(email, made);
    await signIn(made.context, tributary.url, email, PASSWORD);
    return made;
  }
});

async function approve(page: Page, comment = ""): Promise<void> {
  await page.locator("main").getByRole("button", { name: "Approve", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill(comment);
  await dialog.getByRole("button", { name: "Approve", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}
