import { Alert, Stack } from "@mantine/core";
import type { EventSource, SourceDialectFacts } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useSession } from "../session/session.tsx";
import { useDialects, useDialectTitle } from "./source-dialects.ts";

/** The addresses to enter in the integration that exists: its own paths on another host. */
export function SourceAddresses({ source }: { readonly source: EventSource }) {
  const { t } = useTranslation("tracking");
  const { programs } = useSession();
  const dialect = useDialects().find((one) => one.name === source.dialect);
  const title = useDialectTitle()(source.dialect);
  const domain = programs.find((one) => one.id === source.programId)?.trackingDomain;
  const base = domain === null || domain === undefined ? window.location.origin : `https://${domain}`;
  if (source.dialect === "tributary") return <Card title={t("sourceAddress")}>{t("ownAddressText")}</Card>;
  if (dialect === undefined) return null;
  const rows = dialect.addresses.map((address) => ({ ...address, url: addressOf(base, address) }));
  return (
    <Stack gap="md">
      <Credential source={source} dialect={dialect} />
      <Card title={t("hostSwap", { title })} flush>
        <PlainTable
          label={t("sourceAddress")}
          rows={rows}
          rowId={(row) => row.path}
          columns={[
            { id: "address", label: t("sourceAddress"), cell: (row) => <CopyText text={row.url} /> },
            { id: "methods", label: t("methods"), cell: (row) => row.methods.join(", ") },
          ]}
        />
      </Card>
      <p>{t("hostSwapText", { host: new URL(base).host })}</p>
      <p>
        {t("inAddressText", { example: `${window.location.origin}/in/<token>${dialect.addresses[0]?.path ?? ""}` })}
      </p>
    </Stack>
  );
}

/** A varying segment stands as the platform writes it, parameters that are needed without their values. */
function addressOf(base: string, { path, needs }: SourceDialectFacts["addresses"][number]): string {
  const query = needs.length === 0 ? "" : `?${needs.map((name) => `${name}=`).join("&")}`;
  return `${base}${path}${query}`;
}

/** Whether calls of the integration are let in as they are, and what to do when not. */
function Credential({ source, dialect }: { readonly source: EventSource; readonly dialect: SourceDialectFacts }) {
  const { t } = useTranslation("tracking");
  const { withoutToken, addresses } = source.settings;
  const where = dialect.tokenParameters.join(", ");
  if (source.hasIncumbentToken) return <Alert color="green">{t("credential.incumbent")}</Alert>;
  if (!withoutToken)
    return <Alert color="yellow">{t(where === "" ? "credential.none" : "credential.token", { where })}</Alert>;
  if (addresses.length > 0)
    return <Alert color="green">{t("credential.addresses", { count: addresses.length })}</Alert>;
  return <Alert color="yellow">{t("credential.anybody")}</Alert>;
}
