import { Badge, Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { NewPlan, type PlanDetail, type PlanTemplate } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { PlanEditor, usePlanText } from "./plan-editor.tsx";
import { usePlanLanguage } from "./use-plan-check.ts";

/** A new plan: first from what it begins, then the editor. */
export function NewPlanPage() {
  const search: Record<string, string> = useSearch({ strict: false });
  const language = usePlanLanguage();
  const templates = useRecord<{ data: PlanTemplate[] }>("/plans/templates", { language });
  return (
    <Loaded query={templates}>
      {({ data }) => {
        const chosen = data.find((one) => one.code === search.template);
        return chosen === undefined ? <Gallery templates={data} /> : <NewPlanEditor template={chosen} />;
      }}
    </Loaded>
  );
}

function Gallery({ templates }: { readonly templates: readonly PlanTemplate[] }) {
  const { t } = useTranslation("plans");
  const go = useGo();
  const [wanted, setWanted] = useState("");
  const found = templates.filter((one) =>
    `${one.title} ${one.text} ${one.source}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Page title={t("create")} subtitle={t("gallery.text")} parent={{ label: t("title"), to: "/plans" }}>
      <Stack gap={14}>
        <TextInput
          aria-label={t("gallery.search")}
          placeholder={t("gallery.search")}
          maw={360}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing={14}>
          {found.map((template) => (
            <Card
              key={template.code}
              title={template.title}
              actions={
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t("gallery.useNamed", { name: template.title })}
                  onClick={() => go(`/plans/new?template=${template.code}`)}
                >
                  {t("gallery.use")}
                </Button>
              }
            >
              <Stack gap={8}>
                <Text>{template.text}</Text>
                <Group gap={4}>
                  {template.fields.map((field) => (
                    <Badge key={field} variant="default" tt="none">
                      {t(`gallery.field.${field}`)}
                    </Badge>
                  ))}
                </Group>
              </Stack>
            </Card>
          ))}
        </SimpleGrid>
        {found.length === 0 ? <Text c="dimmed">{t("gallery.none")}</Text> : null}
      </Stack>
    </Page>
  );
}

const Entry = z.object({ programId: z.string().min(1), name: NewPlan.shape.name, code: NewPlan.shape.code });

function NewPlanEditor({ template }: { readonly template: PlanTemplate }) {
  const { t } = useTranslation("plans");
  const { programs, program } = useSession();
  const go = useGo();
  const editing = usePlanText(template.source);
  const [naming, setNaming] = useState(false);
  return (
    <Page title={template.title} subtitle={t("editor.newText")} parent={{ label: t("create"), to: "/plans/new" }}>
      <PlanEditor
        editing={editing}
        actions={(check, waiting) => (
          <Button disabled={check?.valid !== true || waiting} onClick={() => setNaming(true)}>
            {t("editor.save")}
          </Button>
        )}
      />
      <FormDialog
        opened={naming}
        onClose={() => setNaming(false)}
        title={t("editor.nameIt")}
        submit={t("editor.save")}
        schema={Entry}
        initial={{
          programId: (program ?? programs[0])?.id ?? "",
          name: template.title,
          code: template.code.replaceAll("_", "-"),
        }}
        fields={[
          {
            kind: "select",
            name: "programId",
            label: t("program"),
            required: true,
            options: programs.map((one) => ({ value: one.id, label: one.name })),
          },
          { kind: "text", name: "name", label: t("name"), required: true, half: true },
          { kind: "text", name: "code", label: t("code"), required: true, half: true },
        ]}
        send={(values, key) =>
          api.post<PlanDetail>("/plans", { ...values, document: editing.plan.value, source: editing.plan.text }, key)
        }
        done={(plan) => go(`/plans/${plan.id}`)}
        refresh={["plans", "audit"]}
      />
    </Page>
  );
}
