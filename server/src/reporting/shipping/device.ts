import Bowser from "bowser";

export interface Device {
  readonly kind: string;
  readonly os: string;
  readonly browser: string;
}

const UNKNOWN: Device = { kind: "other", os: "", browser: "" };
const KINDS = new Set(["desktop", "mobile", "tablet", "tv"]);

/** Reads user agents, remembering the last few thousand: a handful of them makes up nearly all traffic. */
export function deviceReader(kept = 8_000): (userAgent: string | undefined) => Device {
  const known = new Map<string, Device>();
  return (userAgent) => {
    if (!userAgent) return UNKNOWN;
    const found = known.get(userAgent);
    if (found) return found;
    if (known.size >= kept) {
      const oldest = known.keys().next().value;
      if (oldest !== undefined) known.delete(oldest);
    }
    const device = readDevice(userAgent);
    known.set(userAgent, device);
    return device;
  };
}

function readDevice(userAgent: string): Device {
  const { platform, os, browser } = Bowser.parse(userAgent);
  return {
    kind: platform.type && KINDS.has(platform.type) ? platform.type : "other",
    os: os.name ?? "",
    browser: browser.name ?? "",
  };
}
