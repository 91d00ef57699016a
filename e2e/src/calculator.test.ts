import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { type Look, openBrowser, openVisitor } from "./harness/browser.ts";
import { axeProblems, listen, open, overflow, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";
const EVERY_LOOK: readonly Look[] = [
  { viewport: "desk", colors: "light" },
  { viewport: "telephone", colors: "dark" },
];

/** What a plan would pay: tried by the operator, put on a public page, tried by a partner; and the tree of those below one. */
describe("calculator and sub-partner tree, on the sample", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  before(async () => {
    tributary = await startSample();
    browser = await openBrowser();
  });
  after(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await tributary?.stop();
  });

  it("the operator moves a slider by the keyboard, and puts the calculator on a public page", async () => {
    const { page } = await visitor("admin@tributary.example");
    const complaints = listen(page);
    await open(page, "/calculator");
    const before = await total(page);
    const clicks = page.getByRole("slider", { name: "Clicks a month" });
    await clicks.focus();
    for (let press = 0; press < 10; press += 1) await page.keyboard.press("ArrowRight");
    await page.waitForFunction((was) => document.querySelector("main b")?.textContent !== was, before);
    assert.notEqual(await total(page), before);
    await page.getByRole("button", { name: "Put on a page" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Pages that may show it in a frame").fill("https://partners.example");
    await dialog.getByRole("button", { name: "Make the page" }).click();
    await page.locator("pre").filter({ hasText: "<iframe" }).waitFor();
    assert.deepEqual(complaints.all, []);
  });

  it("anybody opens the public page without sign-in; only the named page may frame it", async () => {
    const admin = await visitor("admin@tributary.example");
    const listed = await (await admin.context.request.get(`${tributary.url}/v1/calculators`)).json();
    const path = new URL(listed.data[0].address).pathname;
    const answer = await admin.context.request.get(`${tributary.url}${path}`);
    assert.match(answer.headers()["content-security-policy"] ?? "", /frame-ancestors https:\/\/partners\.example/);
    assert.equal(answer.headers()["x-frame-options"], undefined);
    for (const look of EVERY_LOOK) {
      const { page } = await visitor(null, look, "es-ES");
      const complaints = listen(page);
      await open(page, path);
      await page.getByRole("slider", { name: "Clics al mes" }).waitFor();
      await looksGood(page, path);
      assert.deepEqual(complaints.all, []);
    }
    const nowhere = await admin.context.request.get(`${tributary.url}/calculator/${"0".repeat(52)}`);
    assert.equal(nowhere.status(), 404);
  });

  it("a partner tries its own terms, on a desk and a telephone", async () => {
    for (const look of EVERY_LOOK) {
      const { page } = await visitor("meridian@partner.example", look);
      const complaints = listen(page);
      await open(page, "/portal/calculator");
      await page.getByRole("slider", { name: "Clicks a month" }).waitFor();
      await looksGood(page, "/portal/calculator");
      assert.deepEqual(complaints.all, []);
    }
  });

  it("the tree opens and closes by the keyboard, is searched, and each override opens to its working", async () => {
    const { context, page } = await visitor("admin@tributary.example");
    const complaints = listen(page);
    const top = await partnerNamed(context, "Meridian Capital Partners");
    const month = await monthWithOverride(context, top);
    await open(page, `/partners/${top}?tab=sub&month=${month}`);
    const tree = page.getByRole("treegrid");
    const rows = tree.locator("tbody tr");
    const whole = await rows.count();
    await rows.first().focus();
    await page.keyboard.press("ArrowLeft");
    assert.ok((await rows.count()) < whole);
    await page.keyboard.press("ArrowRight");
    assert.equal(await rows.count(), whole);
    await page.getByLabel("Find a sub-partner").fill("hanoi two");
    assert.deepEqual(await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-level"))), ["1", "2"]);
    await page.getByLabel("Find a sub-partner").fill("");
    await tree.getByRole("button", { name: /^\$/ }).first().click();
    await page.getByRole("dialog").getByText("Step by step").waitFor();
    assert.deepEqual(complaints.all, []);
  });

  it("a partner sees its tree once the program shows it, and not before", async () => {
    const own = await visitor("meridian@partner.example", { viewport: "telephone", colors: "light" });
    const admin = await visitor("admin@tributary.example");
    const showing = async (subPartnerView: "nothing" | "partner") => {
      const programs = await (await admin.context.request.get(`${tributary.url}/v1/programs`)).json();
      const program = programs.data.find((one: { name: string }) => one.name === "Northgate Markets");
      const changed = await admin.context.request.patch(`${tributary.url}/v1/programs/${program.id}`, {
        data: { revision: program.revision, subPartnerView },
        headers: { origin: tributary.url },
      });
      assert.equal(changed.status(), 200, await changed.text());
    };
    await showing("nothing");
    await open(own.page, "/portal/sub-partners");
    await own.page.getByText("The program does not show what sub-partners bring.").waitFor();
    await showing("partner");
    await open(own.page, "/portal/sub-partners");
    await own.page.getByRole("treegrid").getByText("Meridian Bangkok", { exact: true }).waitFor();
    await looksGood(own.page, "/portal/sub-partners");
  });

  async function visitor(email: string | null, look: Partial<Look> = {}, locale = "en-US") {
    const made = await openVisitor(browser, tributary.url, look, locale);
    contexts.push(made.context);
    if (email !== null) await signIn(made.context, tributary.url, email, PASSWORD);
    return made;
  }

  async function partnerNamed(context: BrowserContext, name: string): Promise<string> {
    const found = await (await context.request.get(`${tributary.url}/v1/partners?limit=200`)).json();
    return found.data.find((one: { name: string }) => one.name === name).id;
  }

  async function monthWithOverride(context: BrowserContext, partnerId: string): Promise<string> {
    const lines = await (
      await context.request.get(`${tributary.url}/v1/lines?partnerId=${partnerId}&limit=200`)
    ).json();
    const found = lines.data.find(
      (one: { subjectKind: string; amount: string }) => one.subjectKind === "partner" && one.amount !== "0",
    );
    assert.ok(found, "the sample has commission on a sub-partner");
    return found.month;
  }
});

/** The first figure of the screen. */
async function total(page: Page): Promise<string | null> {
  return await page.locator("main b").first().textContent();
}

async function looksGood(page: Page, path: string): Promise<void> {
  assert.deepEqual(await axeProblems(page), [], path);
  assert.ok((await overflow(page)) <= 0, `${path} is wider than its window`);
}
