import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium as driver, type Page } from "playwright-core";
import { browserProgram } from "./chromium.ts";

/** How long a screen may take on a busy machine: these tests ask whether it comes, benchmarks how fast. */
export const PATIENCE_MS = 90_000;

/** Widths that every screen must be good at: a desk and a telephone. */
export const VIEWPORTS = { desk: { width: 1440, height: 900 }, telephone: { width: 390, height: 844 } } as const;

/** The headless browser that comes with the program's development packages. @param more arguments of its command line */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  // Nothing here draws in three dimensions; emulating a graphics card costs a third of the time.
  chromium.setGraphicsMode = false;
  return driver.launch({
    executablePath: await browserProgram(),
    args: [
      ...chromium.args.filter((argument) => argument !== "--single-process"),
      "--no-first-run",
      "--disable-background-networking",
      ...more,
    ],
    headless: true,
  });
}

export interface Look {
  readonly viewport: keyof typeof VIEWPORTS;
  readonly colors: "light" | "dark";
}

/** A visitor of its own: cookies, storage and look. */
export async function openVisitor(
  browser: Browser,
  baseURL: string,
  look: Partial<Look> = {},
  locale = "en-GB",
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL,
    viewport: VIEWPORTS[look.viewport ?? "desk"],
    colorScheme: look.colors ?? "light",
    locale,
    timezoneId: "Europe/Madrid",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return { context, page: await context.newPage() };
}
