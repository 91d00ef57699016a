import { Button, NativeSelect, TextInput } from "@mantine/core";
import { TrafficKind, type TrafficSource } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./record-parts.module.css";

interface Props {
  readonly rows: readonly TrafficSource[];
  readonly change: (rows: readonly TrafficSource[]) => void;
  readonly error: ReactNode;
}

/** Where the partner says that its visitors come from, one line each. */
export function TrafficRows({ rows, change, error }: Props) {
  const { t } = useTranslation("partners");
  const put = (at: number, part: Partial<TrafficSource>) =>
    change(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const kinds = TrafficKind.options.map((value) => ({ value, label: t(`trafficKind.${value}`) }));
  return (
    <div className={css.rows}>
      <span>{t("traffic")}</span>
      {numbered(rows).map(({ row, at, key }) => (
        <div key={key} className={css.row}>
          <NativeSelect
            aria-label={t("trafficKindOf")}
            data={kinds}
            value={row.kind}
            onChange={(event) => put(at, { kind: event.currentTarget.value as TrafficSource["kind"] })}
          />
          <TextInput
            aria-label={t("address")}
            placeholder={t("website")}
            value={row.url}
            onChange={(event) => put(at, { url: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("description")}
            placeholder={t("description")}
            value={row.description}
            onChange={(event) => put(at, { description: event.currentTarget.value })}
          />
          <Button size="xs" variant="default" onClick={() => change(rows.filter((_row, index) => index !== at))}>
            {t("remove")}
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          onClick={() => change([...rows, { kind: "content", url: "", description: "" }])}
        >
          {t("addTraffic")}
        </Button>
      </div>
      {error}
    </div>
  );
}

/** Lines have no id of their own: their place is their key. */
function numbered(rows: readonly TrafficSource[]) {
  return rows.map((row, at) => ({ row, at, key: `traffic-${at}` }));
}
