import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor } from "./harness/browser.ts";
import { axeProblems, listen, open, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";
const OPERATOR = "admin@tributary.example";
const PARTNER = "highroller@partner.example";

/** An offer on request: asked for in the portal, granted in the console, promoted by a link that works. */
describe("from asking for an offer to a link that leads to it", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  let offer = { id: "", name: "", revision: 0 };
  const visitors = new Map<string, { context: BrowserContext; page: Page }>();
  before(async () => {
    tributary = await startSample();
    browser = await openBrowser();
    const { context } = await visitor(OPERATOR);
    const answer = await context.request.get(`${tributary.url}/v1/offers?q=live`);
    offer = (await answer.json()).data[0];
    const changed = await context.request.patch(`${tributary.url}/v1/offers/${offer.id}`, {
      data: {
        revision: offer.revision,
        access: "request",
        accessQuestions: [{ code: "where", text: "Where will you promote it?", required: true }],
      },
      headers: { origin: tributary.url },
    });
    assert.equal(changed.status(), 200, await changed.text());
  });
  after(async () => {
    for (const { context } of visitors.values()) await context.close();
    await browser?.close();
    await tributary?.stop();
  });

  it("the partner answers what the operator wants to know", async () => {
    const { page } = await visitor(PARTNER);
    const complaints = listen(page);
    await open(page, "/portal/offers");
    await page.getByRole("button", { name: "Ask for access" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Ask for access" }).click();
    await dialog.getByText("This is needed.").waitFor();
    await dialog.getByLabel("Where will you promote it?").fill("In the weekly letter.");
    await dialog.getByRole("button", { name: "Ask for access" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Asked for").waitFor();
    assert.deepEqual(complaints.all, []);
  });

  it("the operator reads the answer and lets the partner in", async () => {
    const { page } = await visitor(OPERATOR);
    const complaints = listen(page);
    await open(page, "/offer-requests");
    await page.getByRole("button", { name: "Decide" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("In the weekly letter.").waitFor();
    assert.deepEqual(await axeProblems(page), []);
    await dialog.getByRole("button", { name: "Let in" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(complaints.all, []);
  });

  it("the partner builds a link: a foreign deep link is named while it is typed, and the address works", async () => {
    const { context, page } = await visitor(PARTNER);
    const complaints = listen(page);
    await open(page, `/portal/links?new=1&offer=${offer.id}`);
    await page.getByLabel("Deep link", { exact: true }).fill("https://evil.example/");
    await page.getByText("The offer does not allow this host.").waitFor();
    await page.getByLabel("Deep link", { exact: true }).fill("");
    await page.getByLabel("Code in the address").fill("high/letter-26");
    await page.getByRole("button", { name: "Create link" }).click();
    await page.waitForURL(/\/portal\/links\/lnk_/);
    // The form has a preview of the same address: the link's own page comes with its QR code.
    await page.getByRole("img", { name: `QR code of ${tributary.url}/c/high/letter-26` }).waitFor();
    await page.getByLabel("sub1, e.g. the placement").fill("letter 7");
    const address = `${tributary.url}/c/high/letter-26?sub1=letter+7`;
    await page.getByText(address, { exact: true }).waitFor();
    await page.getByRole("img", { name: `QR code of ${address}` }).waitFor();
    assert.deepEqual(await axeProblems(page), []);
    assert.deepEqual(complaints.all, []);
    const click = await context.request.get(address, { maxRedirects: 0 });
    assert.equal(click.status(), 302);
    assert.match(click.headers().location ?? "", /^https:\/\/www\.lagoon\.example\//);
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
