import { Button, Group } from "@mantine/core";
import type { SetUpSheet } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import css from "./proof.module.css";

export function SheetPage() {
  return (
    <Sheet
      partnerId={useParam("partnerId")}
      offerId={useParam("offerId")}
      parent={`/partners/${useParam("partnerId")}?tab=tracking`}
    />
  );
}

interface SheetProps {
  readonly partnerId: string;
  readonly offerId: string;
  readonly parent: string;
}

/** The tracking set-up of a partner for an offer, as the configuration says it at this moment; to be read, printed and sent. */
export function Sheet({ partnerId, offerId, parent }: SheetProps) {
  const { t, i18n } = useTranslation("proof");
  const address = `/set-up-sheets/${partnerId}/${offerId}`;
  const sheet = useRecord<SetUpSheet>(address, { language: i18n.language });
  return (
    <Loaded query={sheet}>
      {(one) => (
        <div className={css.sheet}>
          <Page
            title={one.title}
            parent={{ label: t("back"), to: parent }}
            actions={
              <Group gap="xs">
                <Button variant="default" onClick={() => window.print()}>
                  {t("print")}
                </Button>
                <Button
                  component="a"
                  href={`/v1${address}/document.pdf?language=${i18n.language}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {t("pdf")}
                </Button>
              </Group>
            }
          >
            <div className={css.parts}>
              {one.sections.map((section) => (
                <SheetSection key={section.code} section={section} />
              ))}
            </div>
            <p className={css.foot}>
              {t("madeFrom")} <code>{one.configuration.slice(0, 16)}…</code> · <DateText at={one.madeAt} />
            </p>
          </Page>
        </div>
      )}
    </Loaded>
  );
}

interface SheetRow {
  readonly cells: readonly string[];
  readonly place: number;
}

function SheetSection({ section }: { readonly section: SetUpSheet["sections"][number] }) {
  const [heading = [], ...rows] = section.rows;
  return (
    <Card title={section.title}>
      {rows.length === 0 ? null : (
        <PlainTable
          label={section.title}
          rows={rows.map((cells, place) => ({ cells, place }))}
          rowId={(row) => String(row.place)}
          columns={heading.map((label, column) => ({
            id: String(column),
            label,
            cell: (row: SheetRow) => <span className={css.cell}>{row.cells[column]}</span>,
          }))}
        />
      )}
      {section.text.map((text) => (
        <p key={text} className={css.lead}>
          {text}
        </p>
      ))}
      {section.calls.map((call) => (
        <div key={call.title} className={css.call}>
          <b>{call.title}</b>
          <pre className={css.pre}>{call.text}</pre>
        </div>
      ))}
    </Card>
  );
}
