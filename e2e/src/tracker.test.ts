import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import type { APIRequestContext, Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startTributary } from "../../server/test/harness/index.ts";
import { openBrowser } from "./harness/browser.ts";

const PASSWORD = "correct horse battery staple";
const SHOP = "http://www.shop.example";
const TRACK = "http://go.shop.example";

/** The operator's own site: every page carries the script, and nothing else of ours. */
function shop(): Server {
  return createServer((req, res) => {
    res.setHeader("content-type", "text/html; charset=utf-8");
    const { pathname } = new URL(req.url ?? "/", SHOP);
    const calls = pathname === "/agreed" ? `<script>window.tributary = [["consent", true]]</script>` : "";
    res.end(`<!doctype html><title>Shop</title><h1>Shop</h1>${calls}<script src="${TRACK}/s/shop.js"></script>`);
  });
}

interface Tracker {
  clickId(): string | null;
  ready(): Promise<string | null>;
  consent(given: boolean): void;
  conversion(token: string, event: Record<string, string>): Promise<void>;
  impression(link: string): void;
  decorate(address: string): string;
}
type Shop = typeof globalThis & { tributary: Tracker };

describe("the browser script, on the operator's own site", () => {
  let tributary: RunningTributary;
  let site: Server;
  let browser: Browser;
  let operator: BrowserContext;
  let api: APIRequestContext;
  let token = "";

  before(async () => {
    tributary = await startTributary();
    site = shop();
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const port = (site.address() as AddressInfo).port;
    const rules = `MAP www.shop.example:80 127.0.0.1:${port},MAP go.shop.example:80 127.0.0.1:${new URL(tributary.url).port}`;
    browser = await openBrowser([`--host-resolver-rules=${rules}`]);
    operator = await browser.newContext({ baseURL: tributary.url });
    api = operator.request;
    token = await setUp();
  });
  after(async () => {
    await browser?.close();
    site?.close();
    await tributary?.stop();
  });

  async function post<T>(path: string, data: object): Promise<T> {
    const answer = await api.post(path, { data, headers: { origin: tributary.url } });
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** A program that asks for consent, with one offer and one partner's link. @returns token of a source for browsers */
  async function setUp(): Promise<string> {
    const setup = /\/setup\?token=(\S+)/.exec(tributary.output())?.[1] ?? "";
    const person = { name: "Ada Operator", email: "ada@operator.example", password: PASSWORD };
    await post("/v1/setup", { token: setup, ...person });
    await post("/api/auth/sign-in/email", { email: person.email, password: PASSWORD });
    const program = { code: "shop", name: "Shop", timeZone: "UTC", currency: "EUR", fallbackUrl: `${SHOP}/` };
    const made = await post<{ id: string; revision: number }>("/v1/programs", program);
    await post(`/v1/programs/${made.id}/status`, { revision: made.revision, status: "active" });
    const offer = {
      programId: made.id,
      code: "all",
      name: "All",
      landingUrl: `${SHOP}/`,
      allowedHosts: ["www.shop.example"],
    };
    const offered = await post<{ id: string; revision: number }>("/v1/offers", offer);
    await post(`/v1/offers/${offered.id}/status`, { revision: offered.revision, status: "active" });
    const partner = await post<{ id: string; revision: number }>("/v1/partners", {
      code: "blog",
      name: "Blog",
      kind: "affiliate",
    });
    let revision = partner.revision;
    for (const status of ["onboarding", "active"])
      ({ revision } = await post<{ revision: number }>(`/v1/partners/${partner.id}/status`, { revision, status }));
    await post("/v1/links", { partnerId: partner.id, offerId: offered.id, code: "blog-shop" });
    const source = await post<{ token: string }>("/v1/event-sources", { programId: made.id, name: "Browser" });
    return source.token;
  }

  async function visitor(): Promise<{ context: BrowserContext; page: Page }> {
    // A browser that calls itself headless is taken for the robot that it is.
    const userAgent =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    const context = await browser.newContext({ userAgent });
    return { context, page: await context.newPage() };
  }
  const ready = (page: Page) => page.evaluate(() => (window as unknown as Shop).tributary.ready());
  const cookie = async (context: BrowserContext) =>
    (await context.cookies(SHOP)).find((one) => one.name === "trb_shop")?.value;

  /** Events arrive on their own way: asked for until they are there. */
  async function customer(reference: string): Promise<{ partnerId: string | null } | undefined> {
    for (let tries = 0; tries < 120; tries += 1) {
      const answer = await api.get(`/v1/customers?q=${reference}`);
      const { data } = (await answer.json()) as { data: { partnerId: string | null }[] };
      if (data[0] !== undefined) return data[0];
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return undefined;
  }

  it("counts a visitor who came straight by the link's code, and stores nothing before consent", async () => {
    const { context, page } = await visitor();
    await page.goto(`${SHOP}/land?trb=blog-shop&sub1=footer`);
    const id = await ready(page);
    assert.match(id ?? "", /^[0-9a-z]{45}$/);
    assert.equal(await cookie(context), undefined, "nothing on the device without consent");
    assert.equal(
      await page.evaluate(() => Object.keys(window.localStorage).length + Object.keys(window.sessionStorage).length),
      0,
    );
    await page.evaluate(() => (window as unknown as Shop).tributary.consent(true));
    assert.equal(await cookie(context), id);
    await page.goto(`${SHOP}/other`);
    assert.equal(await ready(page), id, "remembered on the next page");
    await page.evaluate(() => (window as unknown as Shop).tributary.consent(false));
    assert.equal(await cookie(context), undefined, "taken back");
    await context.close();
  });

  it("sends the visitor's conversion with the click, and the customer is the partner's", async () => {
    const { context, page } = await visitor();
    await page.goto(`${SHOP}/agreed?trb=blog-shop`);
    assert.equal(await ready(page), await cookie(context), "consent that was given before the script came");
    await page.evaluate(
      ([to]) =>
        (window as unknown as Shop).tributary.conversion(to ?? "", {
          type: "registration",
          externalId: "reg-1",
          customerId: "browser-customer-1",
        }),
      [token],
    );
    const found = await customer("browser-customer-1");
    assert.notEqual(found?.partnerId ?? null, null);
    await context.close();
  });

  it("follows a page that changes its address by itself, and hands the click on", async () => {
    const { context, page } = await visitor();
    await page.goto(`${SHOP}/app`);
    assert.equal(await ready(page), null);
    await page.evaluate(() => history.pushState({}, "", "/app/shoes?trb=blog-shop"));
    const id = await ready(page);
    assert.match(id ?? "", /^[0-9a-z]{45}$/);
    await page.evaluate(() => history.replaceState({}, "", "/app/shoes?color=red"));
    assert.equal(await ready(page), id, "no second click");
    const decorated = await page.evaluate(() =>
      (window as unknown as Shop).tributary.decorate("https://pay.shop.example/cart?x=1"),
    );
    assert.equal(decorated, `https://pay.shop.example/cart?x=1&click_id=${id}`);
    await context.close();
  });

  it("keeps the click of a redirect, and records impressions", async () => {
    const { context, page } = await visitor();
    await page.goto(`${TRACK}/c/blog-shop?sub1=mail`);
    await page.waitForURL(`${SHOP}/**`);
    const id = new URL(page.url()).searchParams.get("click_id");
    assert.equal(await ready(page), id);
    const shown = page.waitForResponse((answer) => answer.url().startsWith(`${TRACK}/v/blog-shop.gif`));
    await page.evaluate(() => (window as unknown as Shop).tributary.impression("blog-shop"));
    assert.equal((await shown).status(), 200);
    await context.close();
  });
});
