// Plans with something wrong in each, for the tests of the linter.

export const cpa = {
  code: "cpa",
  model: "cpa",
  amount: "120.00",
  window: { from: "registration", days: 30 },
  qualification: { all: [{ metric: "first_deposit", atLeast: "20.00" }, { milestone: "kyc_passed" }] },
  hold: { days: 30 },
};
export const ngr = { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] };
export const share = { code: "share", model: "revenue_share", rate: "0.30", carryover: { mode: "full" }, base: ngr };
export const clicks = { code: "clicks", model: "cpc", amount: "0.10", count: "clicks" };
export const fee = { code: "fee", model: "flat_fee", amount: "500.00", per: "month", proration: "days" };
export const guarantee = {
  code: "mg",
  model: "minimum_guarantee",
  amount: "900.00",
  per: "month",
  of: "all",
  kind: "top_up",
  shortfall: "forgiven",
};
export const sale = { code: "sale", model: "sale", rate: "0.05" };
export const bands = (...all: (readonly [string, string])[]) => all.map(([from, value]) => ({ from, value }));
export const tiers = (mode: string, ...all: (readonly [string, string])[]) => ({
  metric: { sum: "ggr" },
  mode,
  bounds: "at_least",
  bands: bands(...all),
});
export const cap = (limit: string, per = "month", of = "amount") => ({
  name: `c${limit}`,
  limit,
  of,
  per,
  overflow: "reject",
});
export const plan = (...components: object[]) => ({ language: 1, currency: "EUR", components });
export const without = (object: object, key: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
export const gate = (needs: object, otherwise: unknown = "nothing") => ({ needs, otherwise });
export const dr = { country: ["DE"] };
