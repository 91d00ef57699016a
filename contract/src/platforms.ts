/** Platforms of others that this one takes the place of or works beside: their calls, their links, their exports. */
export const PLATFORMS = [
  "everflow",
  "tune",
  "cake",
  "affise",
  "scaleo",
  "post_affiliate_pro",
  "impact",
  "partnerstack",
  "tapfiliate",
  "firstpromoter",
  "dub",
  "rewardful",
] as const;
export type Platform = (typeof PLATFORMS)[number];
