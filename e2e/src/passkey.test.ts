import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type RunningTributary, startTributary } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor } from "./harness/browser.ts";
import { open, signIn } from "./harness/looking.ts";

const EMAIL = "pia@operator.example";
const PASSWORD = "correct horse battery staple";

/** A whole ceremony with the authenticator that Chromium brings for tests: keys, signatures and origins are the real ones. */
describe("a passkey", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let removeKeys: () => Promise<void>;

  before(async () => {
    tributary = await startTributary();
    browser = await openBrowser();
    ({ context, page } = await openVisitor(browser, tributary.url));
    const token = /\/setup\?token=(\S+)/.exec(tributary.output())?.[1] ?? "";
    const made = await context.request.post(`${tributary.url}/v1/setup`, {
      data: { token, name: "Pia Operator", email: EMAIL, password: PASSWORD },
    });
    assert.ok(made.ok(), await made.text());
    const devtools = await context.newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    removeKeys = async () => {
      await devtools.send("WebAuthn.clearCredentials", { authenticatorId });
    };
  });
  after(async () => {
    await context?.close();
    await browser?.close();
    await tributary?.stop();
  });

  async function signOut(): Promise<void> {
    await page.getByRole("button", { name: /Pia Operator/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
    assert.equal((await context.request.get(`${tributary.url}/v1/me`)).status(), 401, "nobody is signed in");
  }

  it("is registered by who is signed in, and shown among the account's keys", async () => {
    await signIn(context, tributary.url, EMAIL, PASSWORD);
    await open(page, "/account");
    await page.getByText("None yet. With a passkey").waitFor();
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("Passkey added.").waitFor();
    await page.getByRole("button", { name: "Remove", exact: true }).waitFor();
  });

  it("signs in without a password", async () => {
    await signOut();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.locator("nav").first().waitFor();
    const me = (await (await context.request.get(`${tributary.url}/v1/me`)).json()) as { email: string };
    assert.equal(me.email, EMAIL);
  });

  it("stands in the audit trail with its sign-ins and sign-outs", async () => {
    const trail = (await (await context.request.get(`${tributary.url}/v1/audit?limit=50`)).json()) as {
      data: { action: string }[];
    };
    const actions = trail.data.map((entry) => entry.action);
    for (const action of ["access.passkey_added", "access.signed_out", "access.signed_in"])
      assert.ok(actions.includes(action), `${action} among ${actions}`);
  });

  it("does not sign in when the device has lost it, and says so", async () => {
    await signOut();
    await removeKeys();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByText("No passkey was used.").waitFor();
    assert.equal((await context.request.get(`${tributary.url}/v1/me`)).status(), 401);
  });
});
