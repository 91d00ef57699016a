import { unfilledMacros } from "./macro-forms.ts";
import type { Expected, Hop, HopError, Trace } from "./trace.ts";
import { type Carried, carried } from "./values.ts";
import type { FindingCode } from "./words-en.ts";

/** Something that a link test found, before it is put into words. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: "error" | "warning" | "hint";
  /** place in the chain, from 0; null: none in particular */
  readonly hop: number | null;
  readonly values: Readonly<Record<string, string>>;
}

const MANY_HOPS = 5;
const SLOW_MS = 3000;

/** Everything that is wrong with a chain, errors first. Pure. */
export function findingsOf(trace: Trace, expected: Expected): Finding[] {
  const own = trace.hops.findIndex((hop) => hop.own);
  const found = [
    ...stopFindings(trace),
    ...ownFindings(trace, expected, own),
    ...hopFindings(trace.hops),
    ...endFindings(trace),
    ...macroFindings(trace.hops, own),
    ...(own < 0 ? [] : lostFindings(trace, expected, own)),
  ];
  const rank = { error: 0, warning: 1, hint: 2 } as const;
  return found.sort((a, b) => rank[a.severity] - rank[b.severity] || (a.hop ?? 99) - (b.hop ?? 99));
}

function stopFindings(trace: Trace): Finding[] {
  const hop = trace.hops.length - 1;
  const last = trace.hops[hop];
  const values = { host: hostOf(last?.url), next: last?.next ?? "", hops: String(trace.hops.length) };
  if (trace.stopped === "loop") return [{ code: "loop", severity: "error", hop, values }];
  if (trace.stopped === "too_many") return [{ code: "too_many_hops", severity: "error", hop, values }];
  if (trace.stopped === "time") return [{ code: "too_slow", severity: "error", hop, values }];
  if (hop > MANY_HOPS)
    return [{ code: "many_hops", severity: "warning", hop, values: { ...values, hops: String(hop) } }];
  return [];
}

function ownFindings(trace: Trace, expected: Expected, own: number): Finding[] {
  const hop = trace.hops[own];
  if (hop === undefined) return [{ code: "own_link_missing", severity: "error", hop: null, values: {} }];
  const { verdict, clickId, country } = expected;
  if (verdict === "country_blocked" || verdict === "targeting")
    return [{ code: verdict, severity: "error", hop: own, values: { country } }];
  if (verdict !== null) return [{ code: "not_counted", severity: "error", hop: own, values: { verdict } }];
  if (clickId === null)
    return hop.error === null ? [{ code: "no_click", severity: "error", hop: own, values: {} }] : [];
  const cookie = hop.cookies.find((one) => one.value === clickId);
  if (cookie === undefined)
    return [{ code: "cookie_missing", severity: "error", hop: own, values: { host: hostOf(hop.url) } }];
  if (cookie.kept) return [];
  return [
    { code: "cookie_refused", severity: "error", hop: own, values: { name: cookie.name, host: hostOf(hop.url) } },
  ];
}

function hopFindings(hops: readonly Hop[]): Finding[] {
  return hops.flatMap((hop, place) => {
    const found: Finding[] = [];
    const before = hops[place - 1];
    const values = { host: hostOf(hop.url), before: hostOf(before?.url), milliseconds: String(hop.milliseconds) };
    if (before?.url.startsWith("https:") && hop.url.startsWith("http:"))
      found.push({ code: "insecure_hop", severity: "error", hop: place, values });
    if (hop.via === "meta_refresh" || hop.via === "script")
      found.push({ code: "soft_redirect", severity: "warning", hop: place, values: { ...values, via: hop.via } });
    if (hop.unread === true) found.push({ code: "script_unread", severity: "warning", hop: place, values });
    if (hop.milliseconds > SLOW_MS) found.push({ code: "slow_hop", severity: "warning", hop: place, values });
    return found;
  });
}

const END_CODES: Readonly<Record<HopError, FindingCode>> = {
  refused: "hop_refused",
  timeout: "hop_timeout",
  certificate: "hop_certificate",
  dns: "hop_unknown_host",
  network: "hop_unreachable",
  not_a_link: "not_a_link",
};

/** What is wrong with where the chain ended. */
function endFindings(trace: Trace): Finding[] {
  const place = trace.hops.length - 1;
  const last = trace.hops[place];
  if (last === undefined || trace.stopped !== null) return [];
  const values = { host: hostOf(last.url), before: hostOf(trace.hops[place - 1]?.url), status: String(last.status) };
  const error = (code: FindingCode, more: Record<string, string> = {}): Finding[] => [
    { code, severity: "error", hop: place, values: { ...values, ...more } },
  ];
  if (last.error !== null) return error(END_CODES[last.error.kind], { problem: last.error.text });
  const status = last.status ?? 0;
  if (status === 451) return error("geography_refused");
  if (status === 403) return error("page_forbidden");
  if (status >= 400) return error("landing_error");
  if (status >= 300 && status !== 304) return error("redirect_without_target");
  if (last.url.startsWith("http:") && !trace.hops.some((hop) => hop.url.startsWith("https:")))
    return [{ code: "insecure_landing", severity: "warning", hop: place, values }];
  return [];
}

function macroFindings(hops: readonly Hop[], own: number): Finding[] {
  const seen = new Set<string>();
  return hops.flatMap((hop, place) =>
    unfilledMacros(hop.url).flatMap((macro): Finding[] => {
      if (seen.has(macro.text)) return [];
      seen.add(macro.text);
      const values = { macro: macro.text, host: hostOf(hop.url), before: hostOf(hops[place - 1]?.url) };
      if (place === 0 || place <= own) return [{ code: "macro_in_link", severity: "warning", hop: place, values }];
      const ours = macro.ours === undefined ? undefined : `{${macro.ours}}`;
      if (place === own + 1 && ours !== undefined && ours !== macro.text)
        return [{ code: "wrong_brackets", severity: "error", hop: place, values: { ...values, ours } }];
      const code = place === own + 1 ? "unknown_macro" : "unfilled_macro";
      return [{ code, severity: "error", hop: place, values }];
    }),
  );
}

/** Which ids got lost, changed or cut on the way from our link to the page. */
function lostFindings(trace: Trace, expected: Expected, own: number): Finding[] {
  const { hops } = trace;
  const found: Finding[] = [];
  if (hops.length > own + 1 && hops[own + 1] !== undefined) {
    const wanted: [string, string][] = expected.clickId === null ? [] : [["click_id", expected.clickId]];
    for (const [name, value] of Object.entries(expected.probes))
      if (expected.handedOn.includes(name)) wanted.push([name, value]);
    for (const [name, value] of wanted) found.push(...lostValue(hops, own, name, value));
  }
  const kept = Object.keys(expected.probes).filter((name) => !expected.handedOn.includes(name));
  if (kept.length > 0 && expected.verdict === null)
    found.push({
      code: "not_handed_on",
      severity: "hint",
      hop: own,
      values: { names: kept.map((name) => `{${name}}`).join(" ") },
    });
  return found;
}

const CODES: Readonly<Record<Exclude<Carried, "whole">, { click: FindingCode; sub: FindingCode }>> = {
  lost: { click: "click_id_lost", sub: "sub_id_lost" },
  case: { click: "click_id_case", sub: "sub_id_case" },
  cut: { click: "click_id_cut", sub: "sub_id_cut" },
  double: { click: "double_encoded", sub: "double_encoded" },
};

function lostValue(hops: readonly Hop[], own: number, name: string, value: string): Finding[] {
  const ways = hops.slice(own + 1).map((hop) => carried(hop.url, value));
  const last = ways.at(-1);
  if (last === undefined || last === "whole") return last === undefined ? [] : twice(hops, name, value);
  // Where it was whole for the last time: the one who answered there let it go.
  const place = own + 1 + ways.lastIndexOf("whole");
  const values = { name, value, host: hostOf(hops[place]?.url), next: hostOf(hops[place + 1]?.url) };
  if (
    last === "lost" &&
    hops.slice(own + 1).some((hop) => hop.cookies.some((one) => one.kept && holds(one.value, value)))
  )
    return name === "click_id" ? [{ code: "click_id_in_cookie", severity: "hint", hop: place, values }] : [];
  const code = CODES[last][name === "click_id" ? "click" : "sub"];
  // Our ids are read in either case; what partners send is not.
  const severity = code === "click_id_case" ? "warning" : "error";
  return [{ code, severity, hop: Math.max(place, own), values }];
}

function holds(text: string, value: string): boolean {
  return text.includes(value) || text.includes(encodeURIComponent(value));
}

/** The id arrived, but its parameter came a second time with something else. */
function twice(hops: readonly Hop[], name: string, value: string): Finding[] {
  const place = hops.length - 1;
  const query = URL.parse(hops[place]?.url ?? "")?.searchParams;
  const parameter = [...(query ?? [])].find(([, one]) => one === value)?.[0];
  const all = parameter === undefined ? [] : (query?.getAll(parameter) ?? []);
  if (parameter === undefined || all.every((one) => one === value)) return [];
  return [
    {
      code: "parameter_twice",
      severity: "error",
      hop: place,
      values: { name, parameter, host: hostOf(hops[place]?.url) },
    },
  ];
}

function hostOf(address: string | undefined): string {
  return (address === undefined ? null : URL.parse(address))?.host ?? address?.slice(0, 80) ?? "";
}
