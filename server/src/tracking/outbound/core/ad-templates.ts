import type { PostbackTemplate } from "@tributary/contract";

type Setting = PostbackTemplate["settings"][number];

const text = (name: string, title: string, hint: string, example: string, required = true): Setting => ({
  name,
  title,
  hint,
  example,
  kind: "text",
  required,
});
const secret = (name: string, title: string, hint: string): Setting => ({
  ...text(name, title, hint, "…"),
  kind: "secret",
});
const host = (example: string): Setting => ({
  name: "domain",
  title: "Host of the API",
  hint: "Leave it as it is, unless you send through a gateway of your own.",
  example,
  kind: "host",
  required: true,
});

const NOT_RUN =
  "Written to the platform's published contract and not run against the platform itself: try it with its test tool first.";
const HASHED = "An e-mail address is sent only if the event carries one, and only as SHA-256 of its normal form.";

function ads(
  one: Pick<
    PostbackTemplate,
    "name" | "title" | "settings" | "url" | "clickIdParameter" | "clickIdToken" | "source"
  > & {
    readonly notes: readonly string[];
  },
): PostbackTemplate {
  return {
    kind: "ads",
    method: "POST",
    body: null,
    statusWords: {},
    occasions: ["registration", "ftd"],
    parameters: [],
    live: false,
    ...one,
    notes: [NOT_RUN, ...one.notes],
  };
}

/** Ad platforms: the body is composed by ad-payloads.ts, secrets go into headers and are never written down. */
export const AD_TEMPLATES: readonly PostbackTemplate[] = [
  ads({
    name: "meta",
    title: "Meta Conversions API",
    settings: [
      host("graph.facebook.com"),
      text("version", "Version of the API", "As in the address of the API.", "v23.0"),
      text("dataset", "Pixel or dataset id", "From Events Manager.", "1234567890"),
      text(
        "testCode",
        "Test event code",
        "Marks calls as tests in Events Manager; leave it empty for real ones.",
        "TEST123",
        false,
      ),
      secret("accessToken", "Access token", "From Events Manager, Conversions API."),
    ],
    url: "https://<domain>/<version>/<dataset>/events",
    clickIdParameter: "fbclid",
    clickIdToken: "(Meta adds fbclid by itself)",
    notes: [
      HASHED,
      "The click's address and user agent are sent as they came, as the contract asks; fbc is made of fbclid and the time of the click.",
    ],
    source: "developers.facebook.com, Conversions API, Parameters",
  }),
  ads({
    name: "google",
    title: "Google Ads offline conversions",
    settings: [
      host("googleads.googleapis.com"),
      text("version", "Version of the API", "As in the address of the API.", "v21"),
      text("customer", "Customer id", "Without dashes.", "1234567890"),
      text("loginCustomer", "Manager's customer id", "Only if a manager account calls.", "9876543210", false),
      text("conversionAction", "Conversion action id", "The number of the action that is uploaded to.", "987654321"),
      text(
        "tokenAddress",
        "Address of the token server",
        "Only if you go through a gateway of your own.",
        "https://oauth2.googleapis.com/token",
        false,
      ),
      secret("developerToken", "Developer token", "From the API Center."),
      secret("clientId", "OAuth client id", "Of your Google Cloud project."),
      secret("clientSecret", "OAuth client secret", "Of your Google Cloud project."),
      secret("refreshToken", "OAuth refresh token", "Of the account that may upload."),
    ],
    url: "https://<domain>/<version>/customers/<customer>:uploadClickConversions",
    clickIdParameter: "gclid",
    clickIdToken: "(auto-tagging adds gclid by itself)",
    notes: [
      HASHED,
      "Without a gclid a conversion is uploaded by its hashed e-mail (enhanced conversions for leads); with neither it is not sent.",
    ],
    source: "developers.google.com/google-ads/api, Upload offline conversions",
  }),
  ads({
    name: "tiktok",
    title: "TikTok Events API",
    settings: [
      host("business-api.tiktok.com"),
      text("pixel", "Pixel code", "From Events Manager.", "C4ABCDEF"),
      text("testCode", "Test event code", "Marks calls as tests; leave it empty for real ones.", "TEST123", false),
      secret("accessToken", "Access token", "From Events Manager."),
    ],
    url: "https://<domain>/open_api/v1.3/event/track/",
    clickIdParameter: "ttclid",
    clickIdToken: "__CLICKID__",
    notes: [HASHED],
    source: "business-api.tiktok.com, Events API 2.0",
  }),
  ads({
    name: "microsoft",
    title: "Microsoft Ads conversions API (UET)",
    settings: [
      host("capi.uet.microsoft.com"),
      text("tag", "UET tag id", "From Conversion tracking.", "97000000"),
      secret("accessToken", "Access token", "Of the UET tag."),
    ],
    url: "https://<domain>/v1/<tag>/events",
    clickIdParameter: "msclkid",
    clickIdToken: "(auto-tagging adds msclkid by itself)",
    notes: [HASHED],
    source: "learn.microsoft.com/advertising, UET Conversions API",
  }),
];
