import { Button, Group, Modal, Select, TextInput } from "@mantine/core";
import { PersonKind, type PrivacyPreview, type PrivacyRequest } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useGo } from "../kit/link.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { useSession } from "../session/session.tsx";
import { saveExport } from "./save-export.ts";
import { ShareTable } from "./share-table.tsx";

interface PersonDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

type Found = { readonly kind: string; readonly id: string; readonly title: string; readonly detail: string | null };

/** Finds a person, shows what is kept, and exports it or asks for the erasure. */
export function PersonDialog({ opened, onClose }: PersonDialogProps) {
  const { t } = useTranslation("privacy");
  const [kind, setKind] = useState<PersonKind>("contact");
  const [person, setPerson] = useState<string | null>(null);
  return (
    <Modal opened={opened} onClose={onClose} title={t("look")} size="xl">
      <Group grow align="flex-start">
        <Select
          label={t("recordKind")}
          data={PersonKind.options.map((value) => ({ value, label: t(`subject.${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            setKind(value as PersonKind);
            setPerson(null);
          }}
        />
        <PersonField key={kind} kind={kind} onChoose={setPerson} />
      </Group>
      {person === null ? null : <Kept key={person} kind={kind} id={person} onClose={onClose} />}
    </Modal>
  );
}

/** Contacts are found by their words; of other kinds the id is typed. */
function PersonField({
  kind,
  onChoose,
}: {
  readonly kind: PersonKind;
  readonly onChoose: (id: string | null) => void;
}) {
  const { t } = useTranslation("privacy");
  const [words, setWords] = useState("");
  const users = useRecord<{ data: readonly { id: string; name: string; email: string }[] }>(
    "/users",
    { q: words, limit: 20 },
    { enabled: kind === "user" },
  );
  const found = useRecord<{ data: readonly Found[] }>(
    "/search",
    { q: words, limit: 50 },
    { enabled: kind === "contact" && words.length > 1 },
  );
  if (kind !== "user" && kind !== "contact")
    return <TextInput label={t("id")} onChange={(event) => onChoose(event.currentTarget.value.trim() || null)} />;
  const data =
    kind === "user"
      ? (users.data?.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.email}` }))
      : (found.data?.data ?? [])
          .filter((one) => one.kind === "contact")
          .map((one) => ({ value: one.id, label: `${one.title} · ${one.detail ?? ""}` }));
  return (
    <Select
      label={t("person")}
      placeholder={t("personHint")}
      data={data}
      searchable
      clearable
      filter={({ options }) => options}
      onSearchChange={setWords}
      onChange={onChoose}
    />
  );
}

interface KeptProps {
  readonly kind: PersonKind;
  readonly id: string;
  readonly onClose: () => void;
}

function Kept({ kind, id, onClose }: KeptProps) {
  const { t } = useTranslation("privacy");
  const { can } = useSession();
  const go = useGo();
  const [reason, setReason] = useState("");
  const preview = useRecord<PrivacyPreview>("/privacy/preview", { subjectKind: kind, subjectId: id });
  const of = { subjectKind: kind, subjectId: id, reason };
  const taking = useChange<void, void>({ send: () => saveExport(of), refresh: ["privacy", "audit"] });
  const asking = useChange<void, PrivacyRequest>({
    send: () => api.post<PrivacyRequest>("/privacy/erasures", { ...of, hash: preview.data?.hash ?? "" }),
    refresh: ["privacy", "audit"],
  });
  if (preview.isError) return <ProblemLine error={preview.error} />;
  if (preview.data === undefined) return null;
  const held = preview.data.blockedBy[0];
  const problem = taking.error ?? asking.error;
  return (
    <>
      <p>{t("keptOf", { name: preview.data.name, emails: preview.data.emails.join(", ") || "–" })}</p>
      <ShareTable shares={preview.data.shares} />
      {held === undefined ? null : <p role="alert">{t("heldBy", { reason: held.reason })}</p>}
      {can("privacy.write") ? (
        <>
          <TextInput
            label={t("reason")}
            description={t("reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            mt="md"
          />
          {problem ? <ProblemLine error={problem} /> : null}
          <Group justify="flex-end" mt="md">
            <Button
              variant="default"
              disabled={reason.length < 3}
              loading={taking.isPending}
              onClick={() => taking.mutate(undefined, { onSuccess: onClose })}
            >
              {t("takeExport")}
            </Button>
            <Button
              color="red.8"
              disabled={reason.length < 3 || held !== undefined}
              loading={asking.isPending}
              onClick={() => asking.mutate(undefined, { onSuccess: (made) => go(`/privacy/${made.id}`) })}
            >
              {t("askErasure")}
            </Button>
          </Group>
        </>
      ) : null}
    </>
  );
}
