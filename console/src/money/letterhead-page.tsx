import { Button, FileInput, Group } from "@mantine/core";
import { Branding } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

const Entry = Branding.omit({ address: true }).extend({ address: z.string(), logo: z.string().nullable() });
type Values = z.input<typeof Entry>;

/** Name, address and logo on statements and every other paper. */
export function LetterheadPage() {
  const { t } = useTranslation("money");
  const branding = useRecord<Branding>("/branding");
  return (
    <Page title={t("letterhead.title")} subtitle={t("letterhead.text")}>
      <Loaded query={branding}>
        {(one) => (
          <Card title={t("letterhead.title")}>
            <LetterheadForm key={one.revision} branding={one} />
          </Card>
        )}
      </Loaded>
    </Page>
  );
}

function LetterheadForm({ branding }: { readonly branding: Branding }) {
  const { t } = useTranslation("money");
  return (
    <RecordForm
      submit={t("letterhead.save")}
      schema={Entry}
      initial={{ ...branding, address: branding.address.join("\n") } as Values}
      fields={useFields()}
      send={({ address, ...rest }) => {
        const lines = address
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== "");
        return api.put<Branding>("/branding", { ...rest, address: lines });
      }}
      done={() => undefined}
      refresh={["branding", "audit"]}
    />
  );
}

function useFields(): readonly Field<Values>[] {
  const { t } = useTranslation("money");
  return [
    { kind: "text", name: "name", label: t("letterhead.name"), half: true },
    { kind: "text", name: "legalName", label: t("letterhead.legalName"), half: true },
    { kind: "textarea", name: "address", label: t("letterhead.address"), rows: 4 },
    { kind: "email", name: "email", label: t("letterhead.email"), half: true },
    { kind: "url", name: "website", label: t("letterhead.website"), half: true },
    {
      kind: "text",
      name: "registration",
      label: t("letterhead.registration"),
      hint: t("letterhead.registrationHint"),
      half: true,
    },
    { kind: "text", name: "accent", label: t("letterhead.accent"), placeholder: "#2f5bd8", half: true },
    {
      kind: "own",
      name: "logo",
      label: t("letterhead.logo"),
      content: (values, change, error) => (
        <LogoField logo={values.logo} error={error} onChange={(logo) => change("logo", logo)} />
      ),
    },
  ];
}

interface LogoFieldProps {
  readonly logo: string | null;
  readonly error: React.ReactNode;
  readonly onChange: (logo: string | null) => void;
}

function LogoField({ logo, error, onChange }: LogoFieldProps) {
  const { t } = useTranslation("money");
  const read = (file: File | null) => {
    if (file === null) return onChange(null);
    const reader = new FileReader();
    reader.onload = () => onChange(String(reader.result));
    reader.readAsDataURL(file);
  };
  return (
    <Group align="end" gap="sm">
      <FileInput
        label={t("letterhead.logo")}
        description={t("letterhead.logoHint")}
        accept="image/png,image/jpeg"
        onChange={read}
        error={error}
        flex={1}
      />
      {logo === null ? null : (
        <>
          <img src={logo} alt={t("letterhead.logo")} style={{ maxHeight: 40, maxWidth: 160 }} />
          <Button variant="default" onClick={() => onChange(null)}>
            {t("letterhead.removeLogo")}
          </Button>
        </>
      )}
    </Group>
  );
}
