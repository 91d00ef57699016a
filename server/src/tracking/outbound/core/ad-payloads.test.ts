import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { adCall, adProblem, emailHashes } from "./ad-payloads.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const EMAILS = [
  // as sent, Meta and TikTok, Google, Microsoft
  [" Ana.Lopez+x@Example.com ", "ana.lopez+x@example.com", "ana.lopez+x@example.com", "analopez@example.com"],
  ["Ana.Lopez@GMail.com", "ana.lopez@gmail.com", "analopez@gmail.com", "analopez@gmail.com"],
] as const;

test("an e-mail address is hashed in the form that each platform compares", () => {
  for (const [sent, plain, google, microsoft] of EMAILS) {
    assert.deepEqual(emailHashes(sent), {
      email_sha256: sha256(plain),
      email_sha256_google: sha256(google),
      email_sha256_microsoft: sha256(microsoft),
    });
  }
});

test("what a platform could match by nothing is not sent", () => {
  assert.match(adProblem("meta", { gclid: "g" }) ?? "", /no fbclid/);
  assert.equal(adProblem("google", { gclid: "g" }), undefined);
  assert.equal(adProblem("google", { email_sha256: "e" }), undefined);
});

test("what is not known is left out, never sent empty", () => {
  const values = { event: "registration", timestamp: "1772359200", event_id: "evt_1", fbclid: "F", email_sha256: "" };
  const { body } = adCall("meta", { values, settings: {}, credentials: { accessToken: "tok" } });
  assert.deepEqual(JSON.parse(body), {
    access_token: "tok",
    data: [
      {
        event_name: "CompleteRegistration",
        event_time: 1772359200,
        event_id: "evt_1",
        action_source: "website",
        user_data: { fbc: "fb.1.1772359200000.F" },
      },
    ],
  });
});
