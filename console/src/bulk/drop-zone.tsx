import { Text } from "@mantine/core";
import { IconFileTypeCsv, IconTableImport } from "@tabler/icons-react";
import { type DragEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./bulk.module.css";

interface DropZoneProps {
  readonly accept: string;
  readonly file: File | null;
  readonly onFile: (file: File) => void;
}

/** A field that files are dropped on; a press, Enter or Space opens the computer's own choice. */
export function DropZone({ accept, file, onFile }: DropZoneProps) {
  const { t } = useTranslation("bulk");
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [first] = files ?? [];
    if (first !== undefined) onFile(first);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <label
      htmlFor={id}
      className={`${css.drop} ${over ? css.over : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {file === null ? <IconTableImport size={28} stroke={1.4} /> : <IconFileTypeCsv size={28} stroke={1.4} />}
      <Text fw={500}>{file?.name ?? t("drop")}</Text>
      <Text size="xs" c="dimmed" ta="center">
        {file === null ? t("dropHint") : t("dropOther")}
      </Text>
      <input
        id={id}
        type="file"
        className={css.input}
        accept={accept}
        aria-label={t("file")}
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  );
}
