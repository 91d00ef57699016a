import { type EventSourceKeys, NewEventSource, type SourceDialect } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { useDialectOptions } from "./source-dialects.ts";

interface SourceFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (keys: EventSourceKeys) => void;
}

interface Entry {
  readonly programId: string;
  readonly name: string;
  readonly dialect: SourceDialect;
  readonly incumbentToken: string;
  readonly requireSignature: boolean;
  readonly test: boolean;
}

export function SourceForm({ opened, onClose, onMade }: SourceFormProps) {
  const { t } = useTranslation("tracking");
  const { programs, program } = useSession();
  const options = useDialectOptions();
  const isForeign = ({ dialect }: Entry) => dialect !== "tributary";
  return (
    <FormDialog<Entry, EventSourceKeys>
      opened={opened}
      onClose={onClose}
      title={t("createSource")}
      submit={t("createSource")}
      schema={NewEventSource}
      initial={{
        programId: program?.id ?? programs[0]?.id ?? "",
        name: "",
        dialect: "tributary",
        incumbentToken: "",
        requireSignature: false,
        test: false,
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        {
          kind: "select",
          name: "programId",
          label: t("program"),
          required: true,
          half: true,
          options: programs.map((one) => ({ value: one.id, label: one.name })),
        },
        { kind: "select", name: "dialect", label: t("dialect"), hint: t("dialectHint"), required: true, options },
        {
          kind: "text",
          name: "incumbentToken",
          label: t("incumbentToken"),
          hint: t("incumbentTokenHint"),
          when: isForeign,
        },
        {
          kind: "switch",
          name: "requireSignature",
          label: t("requireSignature"),
          hint: t("signatureHint"),
          when: (values) => !isForeign(values),
        },
        { kind: "switch", name: "test", label: t("testSource"), hint: t("testSourceHint") },
      ]}
      send={(values, key) => api.post<EventSourceKeys>("/event-sources", values, key)}
      done={onMade}
      refresh={["event-sources", "audit"]}
    />
  );
}
