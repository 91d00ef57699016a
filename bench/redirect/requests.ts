/** What the load generator sends: requests as browsers behind a proxy send them, the same for every server that is measured. */

const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.% Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 15; SM-S9%8B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.% Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:%.0) Gecko/20100101 Firefox/%.0",
] as const;

export const LINKS = 20_000;
const REQUESTS = 8192;

export function linkCode(number: number): string {
  return `bench${String(number).padStart(6, "0")}`;
}

/** Thousands of different requests: links, subs, agents and addresses vary, from a fixed seed. */
export function requestTexts(): readonly string[] {
  let state = 20260301;
  const next = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from({ length: REQUESTS }, () => {
    const agent = (AGENTS[next(AGENTS.length)] ?? "").replaceAll("%", String(100 + next(40)));
    const address = `${1 + next(220)}.${next(256)}.${next(256)}.${1 + next(250)}`;
    const query = `sub1=placement-${next(500)}&sub2=${next(100)}&sub3=spring%20sale&click_id=${next(1e9).toString(36)}${next(1e9).toString(36)}&source=feed&creative=b${next(40)}`;
    return [
      `GET /c/${linkCode(next(LINKS))}?${query} HTTP/1.1`,
      "Host: localhost",
      `User-Agent: ${agent}`,
      "Accept: text/html,application/xhtml+xml",
      "Accept-Language: es-ES,es;q=0.9,en;q=0.8",
      `Referer: https://blog${next(300)}.example/post/${next(5000)}`,
      `X-Forwarded-For: ${address}`,
      "",
      "",
    ].join("\r\n");
  });
}
