import type { EventSource, SourceDialectFacts } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { NextLine } from "../kit/record/record-page.tsx";
import type { Tone } from "../kit/tone.ts";
import { useSession } from "../session/session.tsx";
import { CopyAddress } from "./copy-address.tsx";
import css from "./source-addresses.module.css";
import { useDialects, useDialectTitle } from "./source-dialects.ts";

/** The addresses to enter in the integration that exists: its own paths on another host. */
export function SourceAddresses({ source }: { readonly source: EventSource }) {
  const { t } = useTranslation("tracking");
  const base = useBase(source.programId);
  const dialect = useDialects().find((one) => one.name === source.dialect);
  const title = useDialectTitle()(source.dialect);
  if (source.dialect === "tributary") return <Card title={t("sourceAddress")}>{t("ownAddressText")}</Card>;
  if (dialect === undefined) return null;
  const rows = dialect.addresses.map((address) => ({ ...address, url: addressOf(base, address) }));
  return (
    <div className={css.page}>
      <Credential source={source} dialect={dialect} />
      <Card title={t("hostSwap", { title })} flush>
        <p className={css.text}>{t("hostSwapText", { host: new URL(base).host })}</p>
        <PlainTable
          label={t("sourceAddress")}
          rows={rows}
          rowId={(row) => row.path}
          columns={[
            { id: "address", label: t("sourceAddress"), cell: (row) => <code className={css.address}>{row.url}</code> },
            { id: "methods", label: t("methods"), cell: (row) => row.methods.join(", ") },
            { id: "copy", label: "", cell: (row) => <CopyAddress text={row.url} />, align: "end" },
          ]}
        />
      </Card>
      <Card title={t("inAddress")}>
        <p className={css.plain}>{t("inAddressText")}</p>
        <code className={css.address}>{`${window.location.origin}/in/<token>${dialect.addresses[0]?.path ?? ""}`}</code>
      </Card>
    </div>
  );
}

/** Where a program's calls arrive: at its own domain, else at this deployment. */
function useBase(programId: string): string {
  const domain = useSession().programs.find((one) => one.id === programId)?.trackingDomain;
  return domain === null || domain === undefined ? window.location.origin : `https://${domain}`;
}

/** A varying segment stands as the platform writes it, parameters that are needed without their values. */
function addressOf(base: string, { path, needs }: SourceDialectFacts["addresses"][number]): string {
  const query = needs.length === 0 ? "" : `?${needs.map((name) => `${name}=`).join("&")}`;
  return `${base}${path}${query}`;
}

interface CredentialProps {
  readonly source: EventSource;
  readonly dialect: SourceDialectFacts;
}

/** Whether calls of the integration are let in as they are, and what to do when not. */
function Credential({ source, dialect }: CredentialProps) {
  const { t } = useTranslation("tracking");
  const { withoutToken, addresses } = source.settings;
  const where = dialect.tokenParameters.join(", ");
  const line = (tone: Tone, title: string) => <NextLine step={{ tone, title }} />;
  if (source.hasIncumbentToken) return line("good", t("credential.incumbent"));
  if (!withoutToken) return line("warn", t(where === "" ? "credential.none" : "credential.token", { where }));
  if (addresses.length > 0) return line("good", t("credential.addresses", { count: addresses.length }));
  return line("warn", t("credential.anybody"));
}
