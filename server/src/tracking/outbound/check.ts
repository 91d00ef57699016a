import { POSTBACK_MACROS } from "@tributary/contract";
import { type Complaint, Refusal } from "../../kernel/refusal.ts";
import { type AddressPolicy, urlProblem } from "./address.ts";
import { fillUrl, unknownMacros } from "./core/macros.ts";

const KNOWN: ReadonlySet<string> = new Set(Object.keys(POSTBACK_MACROS));
const KNOWN_LIST = Object.keys(POSTBACK_MACROS)
  .map((name) => `{${name}}`)
  .join(" ");

/**
 * What a person entered, checked before it is saved: macros that exist, an address that may be called, a host that no macro can change.
 * The address is checked again, after name resolution, at every call.
 * @returns the host, lower case
 * @throws Refusal `invalid_input` with every unknown macro, or `address_refused`
 */
export function checkTemplate(url: string, body: string | null, policy: AddressPolicy): string {
  const complaints = [...macroComplaints("url", url), ...(body === null ? [] : macroComplaints("body", body))];
  if (complaints.length > 0) {
    throw new Refusal("invalid_input", "The postback uses a macro that does not exist", complaints);
  }
  const one = sampleUrl(url, "1");
  const problem = urlProblem(one, policy) ?? macroBeforePath(url, one);
  if (problem !== undefined) {
    throw new Refusal("address_refused", `This address cannot be a postback: ${problem}`, [
      {
        field: "url",
        value: url,
        message: problem,
        hint: "enter a public http or https address, e.g. https://track.example/pb?cid={partner_click_id}",
      },
    ]);
  }
  return new URL(one).host;
}

function macroComplaints(field: string, template: string): readonly Complaint[] {
  return unknownMacros(template, KNOWN).map((name) => ({
    field,
    value: `{${name}}`,
    message: `there is no macro {${name}}`,
    hint: `known macros: ${KNOWN_LIST}`,
  }));
}

function sampleUrl(template: string, value: string): string {
  return fillUrl(template, Object.fromEntries([...KNOWN].map((name) => [name, value])));
}

/** With other values the call must still go to the same place. */
function macroBeforePath(template: string, one: string): string | undefined {
  const other = URL.parse(sampleUrl(template, "evil.example"));
  const same = other !== null && other.origin === new URL(one).origin;
  return same && /^https?:\/\//i.test(template)
    ? undefined
    : "scheme, host and port must be written out, without a macro";
}
