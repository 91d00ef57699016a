import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startTributary } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor, PATIENCE_MS } from "./harness/browser.ts";
import { listen, open } from "./harness/looking.ts";

const PASSWORD = "correct horse battery staple";

/** The first day of an operator, in the browser: from the set-up link to a customer whose partner is explained. */
describe("the first day", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let linkAddress = "";
  let postbackAddress = "";
  before(async () => {
    tributary = await startTributary();
    browser = await openBrowser();
    ({ context, page } = await openVisitor(browser, tributary.url));
  });
  after(async () => {
    await context?.close();
    await browser?.close();
    await tributary?.stop();
  });

  it("the printed link sets up the first administrator, once", async () => {
    const link = /(http\S+\/setup\?token=\S+)/.exec(tributary.output())?.[1] ?? "";
    assert.notEqual(link, "", tributary.output());
    await page.goto(link);
    await page.getByLabel("Your name").fill("Ada Operator");
    await page.getByLabel("E-mail address").fill("ada@operator.example");
    await page.locator("input[type=password]").fill(PASSWORD);
    await page.getByRole("button", { name: "Create the administrator" }).click();
    await page.getByRole("heading", { name: "You are the administrator" }).waitFor();
    const again = await context.request.post(`${tributary.url}/v1/setup`, {
      data: {
        token: new URL(link).searchParams.get("token"),
        name: "Eve",
        email: "eve@example.com",
        password: PASSWORD,
      },
    });
    assert.ok(again.status() === 409 || again.status() === 403, String(again.status()));
  });

  it("signs in with the password", async () => {
    await context.clearCookies();
    await page.getByRole("link", { name: "Go to sign-in" }).click();
    await page.getByLabel("E-mail address").fill("ada@operator.example");
    await page.locator("input[type=password]").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.locator("nav").first().waitFor();
  });

  it("makes a program, an offer, a partner and a link by its forms", async () => {
    const complaints = listen(page);
    await open(page, "/programs?new=1");
    await fill(page, { Name: "Harbor FX", Code: "harbor-fx", "Fallback address": "https://www.harbor.example/" });
    await send(page, "Create program", /\/programs\/prg_/);
    await confirm(page, "Activate");
    await open(page, "/offers?new=1");
    await fill(page, {
      Name: "Standard account",
      Code: "standard",
      "Landing page": "https://www.harbor.example/open?cid={click_id}",
      "Allowed hosts": "www.harbor.example",
    });
    await send(page, "Create offer", /\/offers\/ofr_/);
    await confirm(page, "Activate");
    await open(page, "/partners?new=1");
    await fill(page, { Name: "Lighthouse Reviews", Code: "lighthouse" });
    await send(page, "Create partner", /\/partners\/prt_/);
    await confirm(page, "Accept application", "good site");
    await confirm(page, "Activate", "ready");
    await open(page, "/links?new=1");
    await pick(page, "Partner", "Lighthouse Reviews", "main");
    await pick(page, "Offer", "Standard account", "main");
    await page.getByRole("button", { name: "Create link" }).click();
    await page.waitForURL(/\/links\/lnk_/);
    const id = new URL(page.url()).pathname.split("/").at(-1);
    const link = (await (await context.request.get(`${tributary.url}/v1/links/${id}`)).json()) as { url: string };
    linkAddress = link.url;
    assert.deepEqual(complaints.all, []);
  });

  it("a source of events gets its address", async () => {
    await open(page, "/event-sources");
    await page.getByRole("button", { name: "New event source" }).first().click();
    await fill(page, { Name: "Back office" });
    await page.getByRole("dialog").getByRole("button", { name: "New event source" }).click();
    const address = page.getByText(/\/p\/\S+/).first();
    await address.waitFor();
    postbackAddress = /https?:\/\/\S+\/p\/[^\s?]+/.exec((await address.textContent()) ?? "")?.[0] ?? "";
    assert.match(postbackAddress, /\/p\//);
  });

  it("a click and its events become a customer whose attribution is explained", async () => {
    const click = await fetch(`${linkAddress}?sub1=e2e`, {
      redirect: "manual",
      headers: { "user-agent": "Mozilla/5.0 (X11; Linux x64) Chrome/141 Safari/537.36" },
    });
    assert.equal(click.status, 302);
    const clickId = new URL(click.headers.get("location") ?? "").searchParams.get("cid") ?? "";
    for (const query of [
      `type=registration&id=r1&customer=C-1&click_id=${clickId}`,
      "type=deposit&id=d1&customer=C-1&amount=250.00&currency=EUR",
    ]) {
      const answer = await fetch(`${postbackAddress}?${query}`);
      assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
    }
    await waitForCustomer(context, tributary.url);
    await open(page, "/customers");
    await page.getByRole("link", { name: "C-1" }).click();
    await page.waitForURL(/\/customers\/cus_/);
    await page.getByRole("tab", { name: /Attribution/ }).click();
    await page.getByText("Lighthouse Reviews").first().waitFor();
    await page.getByText("Won").first().waitFor();
  });

  it("the command palette finds the partner by keyboard alone", async () => {
    await page.keyboard.press("Control+k");
    // A person sees the field before typing into it; what is typed sooner goes to the page beneath.
    await page.waitForFunction(() => document.activeElement?.closest("[role=dialog]")?.querySelector("input") != null);
    await page.keyboard.type("lighthouse");
    await page.getByRole("dialog").getByText("Lighthouse Reviews").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/partners\/prt_/);
  });
});

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByRole("dialog").getByLabel(label, { exact: false }).first().fill(value);
}

async function pick(page: Page, label: string, option: string, within: "dialog" | "main" = "dialog"): Promise<void> {
  await page.getByRole(within).getByLabel(label, { exact: false }).first().click();
  await page.keyboard.type(option.slice(0, 6));
  await page.getByRole("option", { name: option }).first().click();
}

async function send(page: Page, button: string, arrives: RegExp): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button }).click();
  await page.waitForURL(arrives);
}

/** Presses an action of the record and confirms it, with a reason where one is asked for. */
async function confirm(page: Page, action: string, reason?: string): Promise<void> {
  await page.locator("main").getByRole("button", { name: action, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (reason !== undefined) await dialog.getByRole("textbox").first().fill(reason);
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

async function waitForCustomer(context: BrowserContext, address: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const page = (await (await context.request.get(`${address}/v1/customers?q=C-1`)).json()) as {
      data: { firstDepositAt: string | null }[];
    };
    if (page.data[0]?.firstDepositAt) return;
    await sleep(100);
  }
  throw new Error("the customer did not appear");
}
