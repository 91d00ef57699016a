import { Button, FileInput } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import type { KnownCustomersForgotten, KnownCustomersNoted, NotedCustomer, Program } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useParam } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { say } from "../kit/notices.ts";
import { NoteLine } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { knownCustomersIn } from "./known-lines.ts";

/** Customers whom the operator had before: partners are not paid for them where the rules say so. */
export function KnownCustomers() {
  const program = useRecord<Program>(`/programs/${useParam("id")}`);
  return <Loaded query={program}>{(one) => <KnownList program={one} />}</Loaded>;
}

function KnownList({ program }: { readonly program: Program }) {
  const { t } = useTranslation("attribution");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const add = can("customers.write") ? <Button onClick={() => setAdding(true)}>{t("known.add")}</Button> : undefined;
  return (
    <>
      <ListPage<NotedCustomer>
        name="known-customers"
        title={t("known.title")}
        subtitle={t("known.text")}
        parent={{ label: program.name, to: `/programs/${program.id}?tab=attribution` }}
        resource={`/programs/${program.id}/known-customers`}
        rowId={(one) => one.customerRef}
        search={t("known.search")}
        columns={[
          {
            id: "customer",
            label: t("known.customer"),
            cell: (one) => one.customerRef,
            text: (one) => one.customerRef,
            phone: "title",
          },
          {
            id: "since",
            label: t("known.since"),
            cell: (one) => (one.knownSince === null ? t("known.ever") : <DateText at={one.knownSince} />),
            text: (one) => one.knownSince,
            width: 200,
            phone: "value",
          },
          {
            id: "by",
            label: t("createdBy"),
            cell: (one) => <NameText id={one.notedBy} />,
            text: (one) => one.notedBy,
            width: 200,
            phone: "line",
          },
          {
            id: "at",
            label: t("createdAt"),
            cell: (one) => <DateText at={one.notedAt} />,
            text: (one) => one.notedAt,
            width: 180,
            align: "end",
          },
        ]}
        empty={{ title: t("known.empty"), text: t("known.emptyText"), action: add }}
        actions={add}
        bulk={
          can("customers.write")
            ? [
                {
                  id: "take-back",
                  label: t("known.takeBack"),
                  danger: true,
                  run: (rows, done) => setWrong({ refs: rows.map((one) => one.customerRef), done }),
                },
              ]
            : []
        }
      />
      <TakeBack programId={program.id} wrong={wrong} onClose={() => setWrong(undefined)} />
      <AddKnown programId={program.id} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

/** Noted by mistake. */
interface Wrong {
  readonly refs: readonly string[];
  readonly done: () => void;
}
const Why = z.object({ reason: z.string().trim().min(1).max(1_000) });

interface TakeBackProps {
  readonly programId: string;
  readonly wrong: Wrong | undefined;
  readonly onClose: () => void;
}

function TakeBack({ programId, wrong, onClose }: TakeBackProps) {
  const { t } = useTranslation("attribution");
  return (
    <FormDialog<{ reason: string }, KnownCustomersForgotten>
      opened={wrong !== undefined}
      onClose={onClose}
      danger
      title={t("known.takeBack")}
      submit={t("known.takeBack")}
      schema={Why}
      initial={{ reason: "" }}
      fields={[
        {
          kind: "note",
          name: "text",
          label: "",
          content: t("known.takeBackText", { count: wrong?.refs.length ?? 0 }),
        },
        { kind: "textarea", name: "reason", label: t("known.takeBackReason"), required: true },
      ]}
      send={({ reason }) =>
        api.post(`/programs/${programId}/known-customers/take-back`, { customerRefs: wrong?.refs, reason })
      }
      done={({ takenBack, moved }) => {
        wrong?.done();
        say(t("known.takenBack", { takenBack, moved }));
      }}
      refresh={["programs", "customers", "audit"]}
    />
  );
}

/** As many as one call takes. */
const AT_ONCE = 10_000;

interface AddKnownProps {
  readonly programId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Typed, pasted or out of a file; long files go in several calls, and it is shown how far they are. */
function AddKnown({ programId, opened, onClose }: AddKnownProps) {
  const { t } = useTranslation("attribution");
  const [done, setDone] = useState<number | null>(null);
  const send = async ({ lines }: { readonly lines: string }): Promise<KnownCustomersNoted> => {
    const { customers } = knownCustomersIn(lines);
    const sum = { noted: 0, moved: 0 };
    try {
      for (let from = 0; from < customers.length; from += AT_ONCE) {
        setDone(from);
        const part = { customers: customers.slice(from, from + AT_ONCE) };
        const { noted, moved } = await api.post<KnownCustomersNoted>(`/programs/${programId}/known-customers`, part);
        sum.noted += noted;
        sum.moved += moved;
      }
    } finally {
      setDone(null);
    }
    return sum;
  };
  return (
    <FormDialog<{ lines: string }, KnownCustomersNoted>
      opened={opened}
      onClose={onClose}
      wide
      title={t("known.add")}
      submit={t("known.add")}
      schema={LINES}
      initial={{ lines: "" }}
      fields={[
        { kind: "note", name: "text", label: "", content: t("known.addText") },
        {
          kind: "own",
          name: "file",
          label: t("known.file"),
          content: (_values, change) => (
            <FileInput
              label={t("known.file")}
              accept=".csv,.txt,text/csv,text/plain"
              leftSection={<IconUpload size={14} />}
              onChange={(file) => void file?.text().then((text) => change("lines", text.replace(/^\uFEFF/, "")))}
            />
          ),
        },
        {
          kind: "textarea",
          name: "lines",
          label: t("known.lines"),
          hint: t("known.linesHint"),
          rows: 8,
          mono: true,
          required: true,
        },
        {
          kind: "own",
          name: "found",
          label: "",
          when: ({ lines }) => (lines ?? "").trim() !== "",
          content: ({ lines }) => <Found lines={lines} done={done} />,
        },
      ]}
      send={send}
      done={({ noted, moved }) => say(t("known.done", { noted, moved }))}
      refresh={["programs", "customers", "audit"]}
    />
  );
}

const LINES = z.object({
  lines: z.string().refine((text) => {
    const { customers, refused } = knownCustomersIn(text);
    return customers.length > 0 && refused.length === 0;
  }),
});

/** How many there are, and the lines that cannot be read. */
function Found({ lines, done }: { readonly lines: string; readonly done: number | null }) {
  const { t } = useTranslation("attribution");
  const { customers, refused } = knownCustomersIn(lines);
  if (done !== null) return <ProgressLine label={t("known.sending")} done={done} total={customers.length} />;
  const [first] = refused;
  if (first === undefined) return <NoteLine tone="info">{t("known.count", { count: customers.length })}</NoteLine>;
  return (
    <NoteLine tone="bad">{t("known.refused", { count: refused.length, line: first.line, text: first.text })}</NoteLine>
  );
}
