import { Stack } from "@mantine/core";
import type { Program } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/link.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { Snippet } from "../kit/snippet.tsx";

/** What the operator's own pages and servers need, with this program's values in it. */
export function InstallPanel({ program }: { readonly program: Program }) {
  const { t } = useTranslation("programs");
  const base = program.trackingDomain === null ? window.location.origin : `https://${program.trackingDomain}`;
  return (
    <>
      <Card title={t("install.pages")}>
        <Stack gap={16}>
          <NoteLine tone="info">{t(`install.consent.${program.trackerConsent}`)}</NoteLine>
          <Snippet title={t("install.script")} text={t("install.scriptText")} code={scriptTag(base, program.code)} />
          {program.trackerConsent === "required" ? (
            <Snippet title={t("install.agree")} text={t("install.agreeText")} code={CONSENT} />
          ) : null}
          <Snippet title={t("install.direct")} text={t("install.directText")} code={DIRECT} />
          <Snippet title={t("install.conversion")} text={t("install.conversionText")} code={CONVERSION} />
        </Stack>
      </Card>
      <Card title={t("install.servers")}>
        <Stack gap={16}>
          <Snippet title={t("install.sdk")} text={t("install.sdkText")} code={sdk(program)} />
          <Snippet title={t("install.postback")} text={t("install.postbackText")} code={postback(base, program)} />
          <div>
            <Go to="/event-sources">{t("install.sources")}</Go> · <Go to="/tests">{t("install.tests")}</Go>
          </div>
        </Stack>
      </Card>
    </>
  );
}

const scriptTag = (base: string, code: string) => `<script src="${base}/s/${code}.js"></script>`;

const CONSENT = `tributary.consent(true);   // the visitor agreed
tributary.consent(false);  // taken back`;

const DIRECT = "https://www.example.com/shoes?trb=<code of the tracking link>&sub1=footer";

const CONVERSION = `tributary.conversion("<token of an event source>", {
  type: "registration",
  externalId: "u-17",
  customerId: "17",
});`;

function sdk(program: Program): string {
  return `import { clickIdFrom, TributaryClient } from "@tributary/tracker/server";

const tributary = new TributaryClient({
  url: "${window.location.origin}",
  apiKey: process.env.TRIBUTARY_KEY,
  programId: "${program.id}",
});

const clickId = clickIdFrom({ url: request.url, cookie: request.headers.cookie }, "${program.code}");

await tributary.send([
  { type: "deposit", externalId: "dep-4711", customerId: "17", amount: "49.90", currency: "${program.currency}", clickId },
]);`;
}

const postback = (base: string, { currency }: Program) =>
  `${base}/p/<token of an event source>?type=deposit&id=dep-4711&customer=17&amount=49.90&currency=${currency}&click_id=<click id>`;
