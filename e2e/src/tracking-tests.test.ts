import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ProofRun, TrackingEvidence } from "@tributary/contract";
import type { Browser, BrowserContext } from "playwright-core";
import { type RunningTributary, startSample } from "../../server/test/harness/index.ts";
import { openBrowser, openVisitor, PATIENCE_MS } from "./harness/browser.ts";
import { open, signIn } from "./harness/looking.ts";

const PASSWORD = "sample-password-2026";

describe("tests of tracking, on the running program", () => {
  let tributary: RunningTributary;
  let browser: Browser;
  let context: BrowserContext;
  before(async () => {
    tributary = await startSample();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await tributary?.stop();
  });

  const call = async <T>(method: "GET" | "POST", path: string, data?: object): Promise<T> => {
    const answer = await context.request.fetch(`${tributary.url}/v1${path}`, {
      method,
      headers: { origin: tributary.url },
      ...(data === undefined ? {} : { data }),
    });
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const until = async (id: string, holds: (run: ProofRun) => boolean): Promise<ProofRun> => {
    const end = Date.now() + PATIENCE_MS * 3;
    for (;;) {
      const run = await call<ProofRun>("GET", `/tests/${id}`);
      if (holds(run)) return run;
      assert.ok(Date.now() < end, `not within the time: ${JSON.stringify(run.arrived.map((line) => line.reason))}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };

  it("the wizard from a test click to evidence, with calls of a real source, seen arriving on the screen", async () => {
    const visitor = await openVisitor(browser, tributary.url);
    context = visitor.context;
    await signIn(context, tributary.url, "admin@tributary.example", PASSWORD);
    const partners = await call<{ data: { id: string }[] }>("GET", "/partners?q=compass");
    const partnerId = partners.data[0]?.id ?? "";
    const links = await call<{ data: { id: string; programId: string; offerId: string }[] }>(
      "GET",
      `/links?partnerId=${partnerId}`,
    );
    const [link] = links.data;
    assert.ok(link !== undefined);
    const source = await call<{ token: string }>("POST", "/event-sources", { programId: link.programId, name: "Shop" });
    const run = await call<ProofRun>("POST", "/tests/postbacks", { linkId: link.id });
    await open(visitor.page, `/tests/${run.id}`);
    const send = async (parameters: Record<string, string>) => {
      const query = new URLSearchParams({ customer_id: run.customerRef ?? "", ...parameters });
      assert.equal((await fetch(`${tributary.url}/p/${source.token}?${query}`)).status, 200);
    };
    await send({ event: "registration", id: "r", click_id: run.clickId ?? "" });
    // The first event brings the customer to the test; those after it need the click no more.
    await until(run.id, ({ arrived }) => arrived.length === 1);
    await send({ event: "deposit", id: "d", amount: "300.00", currency: "USD" });
    const done = await until(run.id, ({ arrived }) => arrived.length === 2);
    assert.deepEqual(
      done.sandbox?.steps.slice(0, 3).map((step) => step.state),
      ["done", "done", "done"],
    );
    await visitor.page
      .getByText("deposit", { exact: true })
      .first()
      .waitFor({ timeout: PATIENCE_MS * 2 });
    await call("POST", `/tests/${run.id}/finish`);
    assert.equal((await call<ProofRun>("GET", `/tests/${run.id}`)).state, "passed");
    const evidence = await call<{ data: TrackingEvidence[] }>("GET", `/tracking-evidence?partnerId=${partnerId}`);
    const tests = evidence.data.find((one) => one.offerId === link.offerId)?.tests ?? [];
    assert.equal(tests.find((test) => test.part === "inbound")?.state, "passed");
    const customers = await call<{ data: unknown[] }>("GET", `/customers?q=${run.customerRef}`);
    assert.deepEqual(customers.data, [], "the test's customer is nobody's, because it is no customer");
    const paper = await context.request.get(
      `${tributary.url}/v1/set-up-sheets/${partnerId}/${link.offerId}/document.pdf?language=es`,
    );
    assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
    await context.close();
  });
});
