import { type CallOptions, callPartner } from "./call.ts";

const GRANT = "https://oauth2.googleapis.com/token";

/**
 * An access token for a refresh token, by OAuth 2.0 (RFC 6749 §6), as Google's pages for server programs describe it.
 * @param at where tokens are given, Google's own address when not given
 * @returns the token, or what went wrong
 */
export async function googleToken(
  credentials: Readonly<Record<string, string>>,
  options: CallOptions,
  at: string = GRANT,
): Promise<{ readonly token: string } | { readonly problem: string }> {
  const { clientId = "", clientSecret = "", refreshToken = "" } = credentials;
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await callPartner({ method: "POST", url: at, headers, body: body.toString() }, options);
  if (answer.error !== null) return { problem: `no access token: ${answer.error}` };
  const token = /"access_token"\s*:\s*"([^"]+)"/.exec(answer.response ?? "")?.[1];
  return token === undefined ? { problem: "no access token: the answer holds none" } : { token };
}
