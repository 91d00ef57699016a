import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor, PATIENCE_MS, VIEWPORTS } from "./harness/browser.ts";
import { listen, open, problemsInBothColors, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";
/** Where pictures go, when somebody wants to look. */
const PICTURES = process.env.TRIBUTARY_PICTURES;

const PARTNERS =
  "partner_id;name;email;status\nX1;Imported One;one@import.example;active\nX2;Imported Two;two@import.example;active\nX3;Broken;no-mail;active\n";
const SALES =
  "order_id;customer_id;partner_id;date;amount\nO1;IC1;X1;03/04/2024;1.234,56\nO2;IC2;X2;05/06/2024;10,00\n";

describe("a program comes over on screen", () => {
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

  it("files are recognised, what they leave open is asked, a dry run refuses with reasons, and what is made can be undone", async () => {
    const { context, page } = await openVisitor(browser, tributary.url);
    await signIn(context, tributary.url, "admin@tributary.example", PASSWORD);
    const complaints = listen(page);
    await open(page, "/imports?new=1");
    const dialog = page.getByRole("dialog");
    await page.locator("input[type=file]").setInputFiles([
      { name: "partners.csv", mimeType: "text/csv", buffer: Buffer.from(PARTNERS) },
      { name: "sales.csv", mimeType: "text/csv", buffer: Buffer.from(SALES) },
    ]);
    await picture(page, "new");
    await dialog.getByRole("button", { name: "Upload" }).click();
    await page.waitForURL(/\/imports\/imp_/);
    await page.getByText("the order of day and month cannot be told").waitFor();
    await picture(page, "questions");
    await page.getByRole("combobox", { name: "Order of day and month" }).click();
    await page.getByRole("option", { name: "Day first: 31/12/2024" }).click();
    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByRole("button", { name: "Dry run" }).click();
    await page.getByText("4 records are ready to be made").waitFor({ timeout: PATIENCE_MS });
    await page.getByRole("tab", { name: /^Refused/ }).click();
    await page.getByText("is no e-mail address").first().waitFor();
    await page.getByRole("tab", { name: /^Mapping/ }).click();
    await page.getByText("Old address").first().waitFor({ state: "hidden" });
    await looks(page, "mapping");
    await page.getByRole("tab", { name: "Overview" }).click();
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor({ timeout: PATIENCE_MS });
    await page.getByRole("tab", { name: "Records" }).click();
    await page.getByText("Imported One").first().waitFor();
    await looks(page, "done");
    assert.deepEqual(complaints.all, []);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone", { exact: true }).first().waitFor({ timeout: PATIENCE_MS });
    await open(page, "/imports");
    await looks(page, "list");
    assert.deepEqual(complaints.all, []);
    await context.close();
  });
});

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

/** On a desk and a telephone, light and dark: nothing sticks out, axe has nothing to say. */
async function looks(page: Page, name: string): Promise<void> {
  for (const [viewport, size] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(size);
    assert.deepEqual(await problemsInBothColors(page), [], `${name} ${viewport}`);
    await picture(page, `${name}-${viewport}`);
  }
  await page.setViewportSize(VIEWPORTS.desk);
}
