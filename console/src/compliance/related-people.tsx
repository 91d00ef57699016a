import { Button } from "@mantine/core";
import { NewRelatedPerson, type RelatedPerson, RelatedPersonChange, RelatedPersonRole } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { complain } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { useSession } from "../session/session.tsx";
import { RevealPerson } from "./reveal-person.tsx";

const NOBODY: NewRelatedPerson = {
  kind: "person",
  role: "director",
  name: "",
  share: null,
  birth: "",
  country: null,
  identifier: "",
  note: "",
};
const REFRESH = ["partners", "screening", "audit"];

/** Directors, owners and others behind a partner: they are screened with it. */
export function RelatedPeople({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<RelatedPerson | null>(null);
  const add = can("compliance.write") ? (
    <Button size="xs" variant="default" onClick={() => setAdding(true)}>
      {t("addPerson")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("people")} actions={add} flush>
      <ListPanel<RelatedPerson>
        embedded
        name="related-people"
        title={t("people")}
        resource={`/partners/${partnerId}/related-people`}
        rowId={(one) => one.id}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "role",
            label: t("role"),
            cell: (one) => t(`roles.${one.role}`),
            text: (one) => one.role,
            width: 170,
            phone: "value",
          },
          {
            id: "share",
            label: t("share"),
            cell: (one) => (one.share === null ? "–" : format.share(Number(one.share) / 100)),
            text: (one) => one.share,
            align: "end",
            width: 90,
          },
          { id: "birth", label: t("birth"), cell: (one) => one.birth || "–", text: (one) => one.birth, width: 120 },
          {
            id: "country",
            label: t("country"),
            cell: (one) => one.country ?? "–",
            text: (one) => one.country,
            width: 90,
          },
          {
            id: "change",
            label: t("change"),
            cell: (one) => (
              <>
                <PersonButtons person={one} onChange={() => setChanging(one)} />
                <RevealPerson person={one} />
              </>
            ),
            width: 260,
          },
        ]}
        empty={{ title: t("noPeople"), text: t("noPeopleText") }}
      />
      <PersonForm partnerId={partnerId} opened={adding} onClose={() => setAdding(false)} />
      {changing === null ? null : <ChangeForm person={changing} onClose={() => setChanging(null)} />}
    </Card>
  );
}

function PersonButtons({ person, onChange }: { readonly person: RelatedPerson; readonly onChange: () => void }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const end = useChange({
    send: () => api.delete(`/partners/${person.partnerId}/related-people/${person.id}?revision=${person.revision}`),
    refresh: REFRESH,
  });
  if (!can("compliance.write")) return null;
  return (
    <Button.Group>
      <Button size="compact-xs" variant="default" onClick={onChange}>
        {t("edit")}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        loading={end.isPending}
        onClick={() => end.mutate(undefined, { onError: (problem) => complain(problem.message, problem.detail) })}
      >
        {t("end")}
      </Button>
    </Button.Group>
  );
}

function useFields<V extends NewRelatedPerson>(): readonly Field<V>[] {
  const { t } = useTranslation("compliance");
  const option = (group: string) => (value: string) => ({ value, label: t(`${group}.${value}`) });
  const fields: readonly Field<NewRelatedPerson>[] = [
    { kind: "text", name: "name", label: t("name"), required: true },
    {
      kind: "select",
      name: "role",
      label: t("role"),
      options: RelatedPersonRole.options.map(option("roles")),
      half: true,
    },
    {
      kind: "select",
      name: "kind",
      label: t("kind"),
      options: ["person", "organization"].map(option("kinds")),
      half: true,
    },
    { kind: "text", name: "birth", label: t("birth"), hint: t("birthHint"), half: true },
    { kind: "text", name: "country", label: t("country"), hint: t("countryHint"), half: true },
    { kind: "decimal", name: "share", label: t("share"), unit: "%", half: true },
    { kind: "text", name: "identifier", label: t("identifier"), half: true },
    { kind: "textarea", name: "note", label: t("note"), rows: 2 },
  ];
  return fields as readonly Field<V>[];
}

interface PersonFormProps {
  readonly partnerId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** An empty field of a form is a text; the wire wants nothing there. */
const plain = <V extends NewRelatedPerson>(values: V): V => ({
  ...values,
  share: values.share === "" ? null : values.share,
  country: values.country === "" ? null : values.country,
});

function PersonForm({ partnerId, opened, onClose }: PersonFormProps) {
  const { t } = useTranslation("compliance");
  return (
    <FormDialog<NewRelatedPerson, RelatedPerson>
      opened={opened}
      onClose={onClose}
      title={t("addPerson")}
      submit={t("addPerson")}
      schema={NewRelatedPerson}
      initial={NOBODY}
      fields={useFields<NewRelatedPerson>()}
      send={(values, key) => api.post<RelatedPerson>(`/partners/${partnerId}/related-people`, plain(values), key)}
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}

function ChangeForm({ person, onClose }: { readonly person: RelatedPerson; readonly onClose: () => void }) {
  const { t } = useTranslation("compliance");
  const { kind, role, name, share, birth, country, identifier, note, revision } = person;
  return (
    <FormDialog<RelatedPersonChange, RelatedPerson>
      opened
      onClose={onClose}
      title={t("changePerson")}
      submit={t("edit")}
      schema={RelatedPersonChange}
      initial={{ kind, role, name, share, birth, country, identifier, note, revision }}
      fields={useFields<RelatedPersonChange>()}
      send={(values) =>
        api.patch<RelatedPerson>(`/partners/${person.partnerId}/related-people/${person.id}`, plain(values))
      }
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}
