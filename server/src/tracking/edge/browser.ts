import Bowser from "bowser";
import { isbot } from "isbot";
import type { DeviceKind } from "../contracts.ts";
import { field } from "../core/click-record.ts";
import { cutText } from "../core/stored.ts";
import { recent } from "./recent.ts";

/** What a User-Agent header says. */
export interface Browser {
  readonly bot: boolean;
  readonly device: DeviceKind;
  readonly os: string | undefined;
  readonly browser: string | undefined;
  /** the part of a click's record that depends on this header only, as JSON */
  readonly json: string;
}

const UA_LENGTH = 500;
const DEVICES: ReadonlySet<string> = new Set(["desktop", "mobile", "tablet", "tv"]);

/** Reads User-Agent headers; the answers for the last 20,000 different ones are kept. A missing header is a bot's. */
export function browserReader(): (userAgent: string | undefined) => Browser {
  const read = recent(20_000, readBrowser);
  const none = readBrowser("");
  return (userAgent) =>
    userAgent === undefined || userAgent === ""
      ? none
      : read(userAgent.length > UA_LENGTH ? cutText(userAgent, UA_LENGTH) : userAgent);
}

function readBrowser(userAgent: string): Browser {
  const bot = userAgent === "" || isbot(userAgent);
  const parsed = userAgent === "" ? undefined : parse(userAgent);
  const device = deviceOf(userAgent, parsed?.platform.type ?? "");
  const os = parsed?.os.name || undefined;
  const browser = parsed?.browser.name || undefined;
  let json = userAgent === "" ? "" : field("ua", userAgent);
  json += field("device", device);
  if (os) json += field("os", os);
  if (browser) json += field("browser", browser);
  return { bot, device, os, browser, json };
}

/** The parser takes most television sets for tablets and Chromebooks for nothing. */
function deviceOf(userAgent: string, platform: string): DeviceKind {
  if (/\b(?:TV|SmartTV|GoogleTV|HbbTV|BRAVIA|AFT[A-Z]{1,4})\b/.test(userAgent)) return "tv";
  if (DEVICES.has(platform)) return platform as DeviceKind;
  return /\bX11; (?:CrOS|Linux|U;|[A-Za-z]+BSD)/.test(userAgent) ? "desktop" : "other";
}

function parse(userAgent: string): Bowser.Parser.ParsedResult | undefined {
  try {
    return Bowser.parse(userAgent);
  } catch {
    return undefined; // the parser takes no empty or odd text; what it cannot name stays unnamed
  }
}

/** Whether the request only fetches ahead of a visitor who may never come (Sec-Purpose, and its forerunners of Chrome, Safari, Firefox). */
export function isPrefetch(purpose: string | undefined): boolean {
  return purpose !== undefined && /prefetch|prerender|preview/i.test(purpose);
}
