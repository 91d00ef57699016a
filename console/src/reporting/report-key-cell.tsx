import { ActionIcon } from "@mantine/core";
import { IconArrowUpRight } from "@tabler/icons-react";
import type { ReportKey } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { queryString } from "../api/client.ts";
import { useAddress } from "../kit/address.ts";
import { Go, useGo } from "../kit/link.tsx";
import { type FunnelQuestion, insideGroup } from "./report-question.ts";
import { useKeyText } from "./use-key-text.ts";

const RECORDS: Readonly<Record<string, string>> = {
  program: "/programs/",
  partner: "/partners/",
  offer: "/offers/",
  link: "/links/",
};

interface ReportKeyCellProps {
  readonly row: { readonly keys: readonly ReportKey[]; readonly groups?: number };
  readonly place: number;
  readonly question: FunnelQuestion;
}

/** A group's name: it leads into the group; the arrow leads to the record itself. */
export function ReportKeyCell({ row, place, question }: ReportKeyCellProps) {
  const { t } = useTranslation("reporting");
  const text = useKeyText();
  const [address] = useAddress();
  const go = useGo();
  const key = row.keys[place];
  if (key === undefined) return place === 0 ? t("rest", { count: row.groups ?? 0 }) : null;
  if (key.value === "") return <span style={{ color: "var(--mantine-color-dimmed)" }}>{text(key)}</span>;
  const record = RECORDS[key.by];
  const inside = queryString({ ...address, ...insideGroup(key, question) });
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 4, whiteSpace: "nowrap" }}>
      <Go to={`/reports/funnel${inside}`} quiet fw={500}>
        {text(key)}
      </Go>
      {record === undefined ? null : (
        <ActionIcon
          size={20}
          onClick={() => go(`${record}${key.value}`)}
          aria-label={t("openRecord", { name: key.label })}
        >
          <IconArrowUpRight size={13} />
        </ActionIcon>
      )}
    </span>
  );
}
