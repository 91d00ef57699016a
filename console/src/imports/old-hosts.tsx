import type { ImportRecord } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { Card } from "../kit/record/card.tsx";

/** As many links as are looked at: hosts are few, and the first of them name them all. */
const LOOKED_AT = 200;

/** What is left to do so that imported links go on working at their old addresses. */
export function OldHosts({ id }: { readonly id: string }) {
  const { t } = useTranslation("imports");
  const links = useRecord<Page<ImportRecord>>(`/imports/${id}/records`, { kind: "link", limit: LOOKED_AT });
  const addresses = (links.data?.data ?? []).flatMap(({ content, done }) => (done ? (content.address ?? []) : []));
  const hosts = [...new Set(addresses.flatMap((address) => URL.parse(address)?.host ?? []))].sort();
  if (hosts.length === 0) return null;
  return (
    <Card title={t("oldLinks")}>
      <p>{t("oldLinksText", { count: hosts.length })}</p>
      {hosts.map((host) => (
        <div key={host}>
          <CopyText text={host} />
        </div>
      ))}
      <p>{t("oldLinksElse")}</p>
    </Card>
  );
}
