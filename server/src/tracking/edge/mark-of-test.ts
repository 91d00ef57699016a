import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ClickInput } from "../core/click-fields.ts";

/** What makes a request to a tracking link a test: signed here, so that nobody outside can keep traffic from being counted. */
export interface TestMark {
  /** the run of a test that asked for it */
  readonly runId: string;
  /** ISO 3166-1 alpha-2: treat the visitor as from there */
  readonly country?: string;
  /** milliseconds since 1970; the mark ends then */
  readonly until: number;
}

export interface TestMarks {
  write(mark: TestMark): string;
  /** `undefined` for what was not signed here */
  read(text: string): TestMark | undefined;
}

export const TEST_HEADER = "x-tributary-test";
/** Tells who made a test click which one it was. */
export const TEST_CLICK_HEADER = "X-Tributary-Click";
export const TEST_PARAMETER = "tributary_test";

/** @param key 32 bytes, of this purpose alone */
export function testMarks(key: Uint8Array): TestMarks {
  const sign = (text: string) => createHmac("sha256", key).update(text).digest().subarray(0, 16);
  return {
    write(mark) {
      const text = Buffer.from(JSON.stringify(mark)).toString("base64url");
      return `${text}.${sign(text).toString("base64url")}`;
    },
    read(text) {
      const [payload = "", given = "", ...more] = text.split(".");
      const signature = Buffer.from(given, "base64url");
      if (more.length > 0 || signature.length !== 16 || !timingSafeEqual(signature, sign(payload))) return undefined;
      return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as TestMark;
    },
  };
}

/** The mark of a test that a request carries, in its header or (a person's own browser) its query. */
export function testOf(marks: TestMarks, req: IncomingMessage, input: ClickInput, now: Date): TestMark | undefined {
  const text = req.headers[TEST_HEADER] ?? input.other?.get(TEST_PARAMETER);
  if (typeof text !== "string") return undefined;
  const mark = marks.read(text);
  return mark !== undefined && mark.until > now.getTime() ? mark : undefined;
}
