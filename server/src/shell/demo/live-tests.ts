import { setTimeout as sleep } from "node:timers/promises";
import type { ProofRun } from "@tributary/contract";
import { SAMPLE_PASSWORD } from "./records.ts";

/** Whom the tests are of, and with what the operator's system sends. */
interface TestedSample {
  readonly address: string;
  /** code of the link */
  readonly link: string;
  readonly token: string;
}

/** Tests of one partner's set-up, made once as its people make them: a link that is followed, calls that arrive. */
export async function testOneSetUp({ address, link, token }: TestedSample): Promise<void> {
  const api = await signedIn(address);
  if ((await api.get<{ data: unknown[] }>("/v1/tests?limit=1")).data.length > 0) return;
  const found = await api.get<{ data: { id: string; code: string }[] }>(`/v1/links?q=${link}&limit=10`);
  const linkId = found.data.find((one) => one.code === link)?.id;
  if (linkId === undefined) return;
  await api.post("/v1/tests/links", { linkId, country: "DE", device: "desktop", language: "de-DE" });
  const run = await api.post<ProofRun>("/v1/tests/postbacks", { linkId, country: "DE" });
  const tell = async (values: Record<string, string>) => {
    const query = new URLSearchParams({ customer: run.customerRef ?? "", click_id: run.clickId ?? "", ...values });
    await (await fetch(`${address}/p/${token}?${query}`)).arrayBuffer();
  };
  await tell({ type: "registration", id: `${run.id}-reg` });
  await tell({ type: "kyc_passed", id: `${run.id}-kyc` });
  await tell({ type: "deposit", id: `${run.id}-dep`, amount: "250.00", currency: "USD" });
  for (let looks = 0; looks < 60; looks++) {
    if ((await api.get<ProofRun>(`/v1/tests/${run.id}`)).arrived.length >= 3) break;
    await sleep(1_000);
  }
  await api.post(`/v1/tests/${run.id}/finish`, undefined);
}

interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

async function signedIn(address: string): Promise<Api> {
  const json = { "content-type": "application/json", origin: address };
  const answer = await fetch(`${address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ email: "ops@tributary.example", password: SAMPLE_PASSWORD }),
  });
  await answer.arrayBuffer();
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const got = await fetch(`${address}${path}`, init);
    if (!got.ok) throw new Error(`${path}: ${got.status} ${await got.text()}`);
    return (await got.json()) as T;
  };
  return {
    get: (path) => call(path, { headers: { cookie } }),
    post: (path, body) =>
      call(path, {
        method: "POST",
        headers: body === undefined ? { origin: address, cookie } : { ...json, cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
