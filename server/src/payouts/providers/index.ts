import type { Connection, Http, Providers } from "./contracts.ts";
import { payoneer } from "./payoneer.ts";
import { paypal } from "./paypal.ts";
import { wise } from "./wise.ts";

/** Where the providers' APIs are, as they publish it; never from what a person enters. */
export interface ProviderAddresses {
  readonly paypal: string;
  readonly wise: string;
  readonly payoneer: { readonly api: string; readonly login: string };
}

export const ADDRESSES: Readonly<Record<Connection["environment"], ProviderAddresses>> = {
  live: {
    paypal: "https://api-m.paypal.com",
    wise: "https://api.wise.com",
    payoneer: { api: "https://api.payoneer.com", login: "https://login.payoneer.com" },
  },
  sandbox: {
    paypal: "https://api-m.sandbox.paypal.com",
    wise: "https://api.wise-sandbox.com",
    payoneer: { api: "https://api.sandbox.payoneer.com", login: "https://login.sandbox.payoneer.com" },
  },
};

/** Wise is asked for one after the other, so a stretch of it is short; the others take many in one call. */
const AT_ONCE = { paypal: 1000, payoneer: 500, wise: 50 } as const;

export function openProviders(
  http: Http,
  addresses: Readonly<Record<Connection["environment"], ProviderAddresses>> = ADDRESSES,
): Providers {
  return {
    atOnce: (provider) => AT_ONCE[provider],
    open: (connection) => {
      const base = addresses[connection.environment];
      if (connection.provider === "paypal") return paypal(connection, http, base.paypal);
      if (connection.provider === "wise") return wise(connection, http, base.wise);
      return payoneer(connection, http, base.payoneer);
    },
  };
}
