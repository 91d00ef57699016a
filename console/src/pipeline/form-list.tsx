import { Button } from "@mantine/core";
import {
  type ApplicationForm,
  type ApplicationFormDetail,
  FORM_LANGUAGES,
  NewApplicationForm,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { firstDefinition } from "./first-definition.ts";
import { PipelineNav } from "./pipeline-nav.tsx";

/** Forms by which partners apply, each at an address of its own. */
export function FormList() {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const fixed = useProgramQuery();
  const [opened, setOpened] = useState(false);
  const create = can("pipeline.write") ? <Button onClick={() => setOpened(true)}>{t("newForm")}</Button> : undefined;
  return (
    <>
      <ListPage<ApplicationForm>
        name="application-forms"
        title={t("forms")}
        subtitle={<PipelineNav here="forms" />}
        resource="/application-forms"
        fixed={fixed}
        rowId={(one) => one.id}
        open={(one) => `/application-forms/${one.id}`}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          { id: "program", label: t("program"), cell: (one) => <NameText id={one.programId} />, width: 180 },
          {
            id: "url",
            label: t("address"),
            cell: (one) => <CopyText text={one.url} />,
            text: (one) => one.url,
            width: 320,
            phone: "line",
          },
          {
            id: "state",
            label: t("status"),
            cell: (one) => (
              <StatusBadge state={one.active ? "active" : "paused"} label={t(one.active ? "on" : "off")} />
            ),
            width: 100,
            phone: "value",
          },
          { id: "version", label: t("versionShort"), cell: (one) => one.version, align: "end", width: 90 },
          { id: "applications", label: t("applications"), cell: (one) => one.applications, align: "end", width: 120 },
        ]}
        empty={{ title: t("noForms"), text: t("noFormsText"), action: create }}
        actions={create}
      />
      <NewForm opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

const Entry = z.object({
  name: z.string().min(1),
  address: NewApplicationForm.shape.address,
  programId: z.string().min(1),
  languages: z.array(z.string()).min(1),
});

function NewForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("pipeline");
  const { program } = useSession();
  const go = useGo();
  return (
    <FormDialog<z.infer<typeof Entry>, ApplicationFormDetail>
      opened={opened}
      onClose={onClose}
      title={t("newForm")}
      submit={t("newFormDo")}
      schema={Entry}
      initial={{ name: "", address: "", programId: program?.id ?? "", languages: ["en"] }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "address", label: t("address"), hint: t("addressHint"), required: true, half: true },
        {
          kind: "record",
          name: "programId",
          label: t("program"),
          required: true,
          resource: "/programs",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "choices",
          name: "languages",
          label: t("languages"),
          options: FORM_LANGUAGES.map((value) => ({ value, label: value })),
        },
      ]}
      send={({ languages, ...values }, key) =>
        api.post<ApplicationFormDetail>(
          "/application-forms",
          { ...values, definition: firstDefinition(languages) },
          key,
        )
      }
      done={(form) => go(`/application-forms/${form.id}`)}
      refresh={["application-forms", "audit"]}
    />
  );
}
