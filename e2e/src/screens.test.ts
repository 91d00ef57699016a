import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { type Look, openBrowser, openVisitor, VIEWPORTS } from "./harness/browser.ts";
import { axeProblems, goOn, listen, open, overflow, signIn, turn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";
const CONSOLE = [
  "/",
  "/morning/weights",
  "/portfolio",
  "/data-quality",
  "/data-quality/findings",
  "/data-quality/rules",
  "/data-quality/tags",
  "/data-quality/definitions",
  "/clean-up",
  "/reports/day",
  "/partners",
  "/ownership-transfers",
  "/ownership-transfers/new",
  "/partner-duplicates",
  "/partner-fields",
  "/bulk-changes",
  "/bulk-changes?new=1",
  "/pipeline",
  "/leads",
  "/leads?new=1",
  "/pipeline/forecast",
  "/pipeline/report",
  "/pipeline/routing",
  "/pipeline/sources",
  "/pipeline/mail",
  "/pipeline/import",
  "/pipeline/settings",
  "/application-forms",
  "/tasks",
  "/agreements",
  "/agreement-rules",
  "/plans",
  "/calculator",
  "/programs",
  "/offers",
  "/links",
  "/links?new=1",
  "/links/bulk",
  "/smart-links",
  "/codes",
  "/caps",
  "/capped-conversions",
  "/offer-requests",
  "/creatives",
  "/customers",
  "/events",
  "/intake",
  "/event-sources",
  "/health",
  "/tests",
  "/postbacks",
  "/why",
  "/webhooks",
  "/shadow",
  "/runs",
  "/runs/waiting",
  "/runs/settings",
  "/statements",
  "/payees",
  "/payees/settings",
  "/invoices",
  "/invoices/waiting",
  "/invoices/settings",
  "/payout-limits",
  "/onboarding",
  "/onboarding-settings",
  "/procedures",
  "/procedures/business-review",
  "/procedures/business-review/edit",
  "/procedures/business-review/handbook",
  "/procedure-cases",
  "/procedure-waits",
  "/procedure-bottlenecks?procedure=business-review",
  "/procedure-calendars",
  "/lines",
  "/adjustments",
  "/ledger",
  "/reports/funnel",
  "/reports/attribution",
  "/screening",
  "/screening-lists",
  "/documents",
  "/sites",
  "/due-diligence-rules",
  "/due-diligence-rules/documents",
  "/users",
  "/roles",
  "/access-check",
  "/access-grants",
  "/access-reviews",
  "/deputies",
  "/regions",
  "/audit",
  "/activity",
  "/privacy",
  "/legal-holds",
  "/retention",
];
const PORTAL = [
  "/portal",
  "/portal/offers",
  "/portal/getting-started",
  "/portal/creatives",
  "/portal/links",
  "/portal/links?new=1",
  "/portal/report",
  "/portal/customers",
  "/portal/earnings",
  "/portal/invoices",
  "/portal/payment-details",
  "/portal/sub-partners",
  "/portal/calculator",
  "/portal/agreements",
  "/portal/documents",
  "/portal/postbacks",
  "/portal/why",
  "/portal/health",
  "/portal/tests",
  "/portal/set-up",
  "/portal/team",
  "/portal/handover",
  "/portal/settings",
];
const VIEWS = Object.keys(VIEWPORTS) as Look["viewport"][];

describe("every screen, on the sample", { concurrency: 2 }, () => {
  let tributary: RunningTributary;
  let browser: Browser;
  before(async () => {
    tributary = await startSample();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await tributary?.stop();
  });

  for (const viewport of VIEWS)
    it(`console, ${viewport}, light or dark: nothing fails, nothing sticks out, axe has nothing to say`, async () => {
      await walk(viewport, "admin@tributary.example", CONSOLE);
    });
  for (const viewport of VIEWS)
    it(`portal, ${viewport}, light or dark: nothing fails, nothing sticks out, axe has nothing to say`, async () => {
      await walk(viewport, "compass@partner.example", PORTAL);
    });

  it("records open from their lists", async () => {
    const { context, page } = await openVisitor(browser, tributary.url);
    await signIn(context, tributary.url, "admin@tributary.example", PASSWORD);
    const complaints = listen(page);
    for (const list of [
      "/partners",
      "/agreements",
      "/plans",
      "/programs",
      "/offers",
      "/links",
      "/customers",
      "/statements",
    ]) {
      await open(page, list);
      await page.locator(`main a[href^="${list}/"]`).first().click();
      await page.waitForURL(new RegExp(`${list}/[^?]+`));
      await page.locator("main h1").first().waitFor();
      assert.deepEqual(await axeProblems(page), [], `${list}: record`);
    }
    assert.deepEqual(complaints.all, []);
    await context.close();
  });

  it("speaks Spanish when it is asked to", async () => {
    const { context, page } = await openVisitor(browser, tributary.url, {}, "es-ES");
    await signIn(context, tributary.url, "admin@tributary.example", PASSWORD);
    await open(page, "/partners");
    assert.equal(await page.locator("main h1").first().textContent(), "Socios");
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    await context.close();
  });

  /**
   * One screen after the other on one open page. Each is looked at in one color at one width and in the other color at the other width: what is told
   * apart badly is so at both.
   */
  async function walk(viewport: Look["viewport"], email: string, paths: readonly string[]): Promise<void> {
    const { context, page } = await openVisitor(browser, tributary.url, { viewport });
    await signIn(context, tributary.url, email, PASSWORD);
    const complaints = listen(page);
    const found: string[] = [];
    for (const [index, path] of paths.entries()) {
      await (index === 0 ? open(page, path) : goOn(page, path));
      const colors = index % 2 === VIEWS.indexOf(viewport) ? "light" : "dark";
      await turn(page, colors);
      for (const problem of await axeProblems(page)) found.push(`${path}, ${colors}: ${problem}`);
      const wide = await overflow(page);
      if (wide > 0) found.push(`${path}, ${colors}: ${wide} pixels too wide`);
    }
    assert.deepEqual([...found, ...complaints.all], []);
    await context.close();
  }
});
