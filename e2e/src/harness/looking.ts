import axe, { type RunOnly } from "axe-core";
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
  await settled(page);
}

type Console = typeof globalThis & {
  __TSR_ROUTER__: {
    history: { push(href: string): void };
    subscribe(event: "onResolved", heard: () => void): () => void;
  };
};

/** Goes on to a screen from one that is open, as the console's own links do: much cheaper than loading the console again. */
export async function goOn(page: Page, path: string): Promise<void> {
  await page.evaluate(
    ([href, patience]) => {
      const router = (window as unknown as Console).__TSR_ROUTER__;
      return new Promise<void>((arrived, refused) => {
        const stop = router.subscribe("onResolved", () => {
          stop();
          arrived();
        });
        setTimeout(() => refused(new Error(`${href} does not come`)), patience);
        router.history.push(href);
      });
    },
    [path, PATIENCE_MS] as const,
  );
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor({ timeout: PATIENCE_MS });
  await page.waitForFunction(
    () => document.querySelector("[aria-busy='true'], .mantine-Skeleton-root") === null,
    undefined,
    { timeout: PATIENCE_MS },
  );
}

/** Changes an open page between light and dark, as the person's system does. */
export async function turn(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: "attached" });
  await still(page);
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** Waits until no color is on its way to another one: half way it has no contrast that anybody reads. Spinners turn without end and are left alone. */
async function still(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.getAnimations().every((one) => !(one instanceof CSSTransition) || one.playState !== "running"),
    undefined,
    { timeout: PATIENCE_MS },
  );
}

/** Violations of WCAG 2.1 A and AA on what is shown now; only those of its colors when all the rest was looked at already. */
export async function axeProblems(page: Page, what: "everything" | "colors" = "everything"): Promise<string[]> {
  await still(page);
  await passOverRepeatedParts(page);
  await markNewColors(page);
  // One page is looked at many times: the half megabyte of the checks is read once.
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axe.source);
  const runOnly: RunOnly =
    what === "colors" ? { type: "rule", values: ["color-contrast"] } : { type: "tag", values: WCAG };
  const violations = await page.evaluate(
    async ([exclude, only]) => {
      const { axe: checks, colorsLookedAt } = window as unknown as Looked;
      checks.configure({ rules: [{ id: "color-contrast", selector: "[data-new-colors]" }] });
      // What is in order is not written up, and style sheets are not fetched once more: no rule of these asks for them.
      const options = { runOnly: only, resultTypes: ["violations" as const, "incomplete" as const], preload: false };
      const { violations, incomplete } = await checks.run({ exclude: [exclude] }, options);
      // What could not be judged here, because something lay over it, may be judged where it stands again.
      for (const { target } of incomplete.filter(({ id }) => id === "color-contrast").flatMap(({ nodes }) => nodes)) {
        const key = document.querySelector(target.join(" "))?.getAttribute("data-new-colors");
        if (typeof key === "string") colorsLookedAt.delete(key);
      }
      return violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target.join(" ")) }));
    },
    [REPEATED, runOnly] as const,
  );
  return violations.map((one) => `${one.id}: ${one.targets.slice(0, 3).join(", ")}`);
}

/** What an open page keeps of how it was looked at. */
interface Looked {
  readonly axe: typeof import("axe-core");
  colorsLookedAt: Set<string>;
  framesLookedAt: Set<string>;
}

/**
 * Marks the words whose colors were not looked at before on this page: contrast is four fifths of the work, and words of one class, color, size and
 * weight on one ground have the same one on every screen.
 */
async function markNewColors(page: Page): Promise<void> {
  await page.evaluate(() => {
    const looked = window as unknown as Looked;
    looked.colorsLookedAt ??= new Set();
    const grounds = new Map<Element, string>();
    const groundOf = (part: Element | null): string => {
      if (part === null) return "";
      const known = grounds.get(part);
      if (known !== undefined) return known;
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(part);
      const own = `${backgroundColor} ${backgroundImage} ${opacity}`;
      // A ground that nothing shines through is all that there is to see; what is transparent lies on its parent's.
      const ground = /^rgb\(.* none 1$/.test(own)
        ? own
        : `${groundOf(part.parentElement)}${own === "rgba(0, 0, 0, 0) none 1" ? "" : ` | ${own}`}`;
      grounds.set(part, ground);
      return ground;
    };
    for (const part of document.body.querySelectorAll("*")) {
      part.removeAttribute("data-new-colors");
      const words = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      if (!words && !part.matches("input, textarea, select")) continue;
      const { color, fontSize, fontWeight } = getComputedStyle(part);
      const classes = [...part.classList].filter((name) => !name.startsWith("__m__")).join(".");
      const key = `${part.tagName}.${classes} ${color} ${fontSize} ${fontWeight} on ${groundOf(part)}`;
      if (looked.colorsLookedAt.has(key) || part.closest("[data-looked-at]") !== null) continue;
      looked.colorsLookedAt.add(key);
      part.setAttribute("data-new-colors", key);
    }
  });
}

const REPEATED = "[data-looked-at]";

/**
 * Marks what was looked at before: rows of tables that differ from one above in nothing but their words and numbers (what axe says of one it says of
 * all), and the frame around the screens, which is the same on the next one of a page that stays open.
 */
async function passOverRepeatedParts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const mark = (part: Element, seen: Set<string>, key: string) => {
      part.toggleAttribute("data-looked-at", seen.has(key));
      seen.add(key);
    };
    const rows = new Set<string>();
    for (const [index, row] of document.querySelectorAll("tbody > tr").entries()) {
      row.removeAttribute("data-looked-at");
      const shape = row.outerHTML
        .replaceAll(/>[^<]+</g, ">words<")
        .replaceAll(
          / (id|href|title|value|datetime|data-index|aria-(?:rowindex|label|labelledby|describedby|controls))="[^"]+"/g,
          " $1",
        );
      // Every second row may have another background.
      mark(row, rows, `${index % 2} ${shape}`);
    }
    const kept = window as unknown as Looked;
    kept.framesLookedAt ??= new Set();
    const look = `${document.documentElement.dataset.mantineColorScheme} ${window.innerWidth}`;
    for (const part of document.querySelectorAll("nav, header"))
      mark(part, kept.framesLookedAt, `${look} ${part.getClientRects().length > 0} ${part.textContent}`);
  });
}

/** By how many pixels the page is wider than its window; content that has to be wide scrolls inside its own frame. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What is wrong with what is shown now, looked at in light and in dark; the page is light again afterwards. */
export async function problemsInBothColors(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [colors, what] of [
    ["light", "everything"],
    ["dark", "colors"],
  ] as const) {
    await turn(page, colors);
    found.push(...(await axeProblems(page, what)).map((problem) => `${colors}: ${problem}`));
    const wide = await overflow(page);
    if (wide > 0) found.push(`${colors}: ${wide} pixels too wide`);
  }
  await turn(page, "light");
  return found;
}
