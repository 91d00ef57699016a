import type { TEST_DEVICES } from "@tributary/contract";

export type TestDevice = (typeof TEST_DEVICES)[number];

interface BrowserKind {
  readonly agent: string;
  /** User-Agent Client Hints, which only Chromium sends */
  readonly hints?: { readonly platform: string; readonly mobile: boolean };
}

const CHROMIUM = '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"';

/** What browsers of each kind call themselves. */
const BROWSERS: Readonly<Record<TestDevice, BrowserKind>> = {
  desktop: {
    agent:
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    hints: { platform: "Windows", mobile: false },
  },
  mac: {
    agent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
  },
  iphone: {
    agent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  },
  android: {
    agent:
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    hints: { platform: "Android", mobile: true },
  },
  ipad: {
    agent:
      "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  },
};

export type HeaderPair = readonly [name: string, value: string];

/** Headers of a page that is opened, as such a browser sends them. @param language e.g. `es-ES` */
export function browserHeaders(device: TestDevice, language: string, secure: boolean): HeaderPair[] {
  const { agent, hints } = BROWSERS[device];
  const headers: HeaderPair[] = [
    ["user-agent", agent],
    ["accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"],
    ["accept-language", acceptLanguage(language)],
    ["accept-encoding", "gzip, deflate, br"],
    ["upgrade-insecure-requests", "1"],
  ];
  if (!secure) return headers;
  headers.push(["sec-fetch-dest", "document"], ["sec-fetch-mode", "navigate"], ["sec-fetch-site", "cross-site"]);
  if (hints !== undefined) {
    headers.push(["sec-ch-ua", CHROMIUM], ["sec-ch-ua-mobile", hints.mobile ? "?1" : "?0"]);
    headers.push(["sec-ch-ua-platform", `"${hints.platform}"`]);
  }
  return headers;
}

/** `es-ES` → `es-ES,es;q=0.9,en;q=0.8` */
function acceptLanguage(language: string): string {
  const [base = language] = language.split("-");
  const wanted = [...new Set([language, base, "en"])];
  return wanted.map((one, place) => (place === 0 ? one : `${one};q=0.${10 - place}`)).join(",");
}
