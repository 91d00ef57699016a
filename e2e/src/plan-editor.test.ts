import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { type Look, openBrowser, openVisitor } from "./harness/browser.ts";
import { axeProblems, listen, open, problemsInBothColors, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";
const FACTS = `{"customer":"anna","on":"2026-03-01","milestone":"registration"}
{"customer":"anna","on":"2026-03-02","measure":"deposit","amount":"100.00","currency":"EUR"}
{"customer":"anna","on":"2026-03-05","measure":"ggr","amount":"50.00","currency":"EUR"}`;

describe("the plan editor, on the sample", () => {
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

  async function visit(look: Partial<Look> = {}, locale = "en-GB") {
    const { context, page } = await openVisitor(browser, tributary.url, look, locale);
    await signIn(context, tributary.url, "admin@tributary.example", PASSWORD);
    return { context, page };
  }

  const view = (page: Page, name: string) => page.getByText(name, { exact: true }).click();
  const findings = (page: Page) => page.locator("aside[aria-label=Findings] li button");

  it("asks where a plan can be read in two ways, leads to the place, and saves what is left", async () => {
    const { context, page } = await visit();
    const complaints = listen(page);
    await open(page, "/plans/new");
    await page.getByRole("button", { name: "Use Hybrid: CPA and share" }).click();
    await page.getByText("Nothing to say").waitFor();

    await view(page, "YAML");
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# of the spring\n");
    await page.keyboard.press("Control+End");
    await page.keyboard.type('payout: { minimum: "100.00" }\n');
    await findings(page).filter({ hasText: "exactly 100.00 waits for the next month" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Save draft" }).isDisabled(), true);

    await view(page, "Form");
    await findings(page).first().click();
    await page.locator('[data-path="payout"][data-marked="true"]').waitFor();
    await page.locator('[data-path="payout"]').getByRole("button", { name: "Add a field" }).first().click();
    await page.getByRole("menuitem", { name: "At the bound" }).click();
    await page.getByText("Nothing to say").waitFor();

    await view(page, "Plain language");
    await page.getByText("Less than 100.00 EUR is not paid out").click();
    await page.locator('[data-path="payout"][data-marked="true"]').waitFor();
    await view(page, "YAML");
    assert.match(
      (await page.locator(".cm-content").textContent()) ?? "",
      /# of the spring/,
      "the form keeps the comments",
    );

    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save draft" }).click();
    await page.waitForURL(/\/plans\/pln_/);
    await page.getByText("This draft waits for publication").waitFor();
    assert.deepEqual(complaints.all, []);
    await context.close();
  });

  it("keeps test cases with the plan, shows the working, and says what two versions say differently", async () => {
    const { context, page } = await visit();
    await open(page, "/plans");
    await page.getByText("Hybrid: CPA and share").first().click();
    await page.waitForURL(/\/plans\/pln_/);
    await page.getByRole("tab", { name: /Test cases/ }).click();
    await page.getByRole("button", { name: "New test case" }).click();
    await page.getByLabel("Name").fill("one customer");
    await page.getByLabel("Facts").fill(FACTS);
    await page.getByLabel("Amount").fill("70.00");
    await page.getByRole("button", { name: "Save case" }).click();
    await page.locator('[data-state="passed"]').first().waitFor();
    await page.getByRole("button", { name: "Show working" }).click();
    await page.getByText("cpa · anna · 2026-03 · 60.00").waitFor();
    assert.deepEqual(await axeProblems(page), []);

    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.waitForURL(/\/edit$/);
    await page.locator('[data-path="components[0].amount"] input').first().fill("80.00");
    await page.locator('aside [data-state="failed"]').waitFor();
    await page.getByRole("button", { name: "Save as version 2" }).click();
    await page.waitForURL(/tab=versions/);
    await page.getByText("1 test cases fail on the newest version").waitFor();
    await page.locator("del", { hasText: "60.00 EUR for each customer" }).waitFor();
    await page.locator("ins", { hasText: "80.00 EUR for each customer" }).waitFor();
    assert.deepEqual(await axeProblems(page), []);
    await context.close();
  });

  it("finds a way to earn by the keyboard alone", async () => {
    const { context, page } = await visit();
    await open(page, "/plans/new?template=hybrid");
    await page.getByRole("button", { name: "Add a component" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Search a way to earn").waitFor();
    await page.keyboard.type("lot reb");
    await page.keyboard.press("Enter");
    await page.locator('[data-path="components[2]"]').waitFor();
    await context.close();
  });

  for (const viewport of ["desk", "telephone"] as const)
    it(`every view, ${viewport}, light and dark: nothing sticks out, axe has nothing to say`, async () => {
      const found: string[] = [];
      const { context, page } = await visit({ viewport });
      await open(page, "/plans/new");
      found.push(...(await problemsInBothColors(page)).map((problem) => `gallery, ${problem}`));
      for (const template of ["ngr_tiers", "lot_rebate"]) {
        await open(page, `/plans/new?template=${template}`);
        for (const name of ["Form", "YAML", "Plain language"]) {
          await view(page, name);
          if (name === "YAML") await page.locator(".cm-content").waitFor();
          found.push(...(await problemsInBothColors(page)).map((problem) => `${template}, ${name}, ${problem}`));
        }
      }
      await context.close();
      assert.deepEqual(found, []);
    });

  it("speaks Spanish, the linter too", async () => {
    const { context, page } = await visit({}, "es-ES");
    await open(page, "/plans/new?template=lot_rebate");
    await page.getByText("Las filas 1", { exact: false }).waitFor();
    await view(page, "Lenguaje claro");
    await page.getByText("Se aplica la primera fila que coincide", { exact: false }).first().waitFor();
    await context.close();
  });
});
