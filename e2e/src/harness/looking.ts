import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContext, Page } from "playwright-core";
import { PATIENCE_MS } from "./browser.ts";

/** What a page complained of while it was looked at: errors of scripts, answers that failed. */
export interface Complaints {
  readonly all: string[];
}

/** Listens to everything that goes wrong on a page from now on. */
export function listen(page: Page): Complaints {
  const all: string[] = [];
  page.on("pageerror", (error) => all.push(`script: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) all.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return { all };
}

/** Signs in by the API that the sign-in screen uses. */
export async function signIn(context: BrowserContext, address: string, email: string, password: string): Promise<void> {
  const answer = await context.request.post(`${address}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: address },
  });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
}

/** Opens a screen and waits until nothing loads any more. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: "load" });
  await page.locator("main h1").first().waitFor({ timeout: PATIENCE_MS });
  await page.waitForFunction(
    () => document.querySelector("[aria-busy='true'], .mantine-Skeleton-root") === null,
    undefined,
    { timeout: PATIENCE_MS },
  );
}

/** Violations of WCAG 2.1 A and AA on what is shown now; only those of its colors when all the rest was looked at already. */
export async function axeProblems(page: Page, what: "everything" | "colors" = "everything"): Promise<string[]> {
  // The older mode spares a second page for each look; all it misses is frames, and there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (what === "colors") axe.withRules(["color-contrast"]);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]);
  const result = await axe.analyze();
  return result.violations.map(
    (one) =>
      `${one.id}: ${one.nodes
        .map((node) => node.target.join(" "))
        .slice(0, 3)
        .join(", ")}`,
  );
}

/** By how many pixels the page is wider than its window; content that has to be wide scrolls inside its own frame. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
