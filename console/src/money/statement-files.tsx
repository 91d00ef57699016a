import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";

/** The statement as files: on paper, its lines, and the signed one that proves itself. */
export function StatementFiles({ statement }: { readonly statement: Statement }) {
  const { t, i18n } = useTranslation("money");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const address = (file: string) => `/v1/statements/${statement.id}/${file}`;
  const files = [
    ["pdf", address(`document.pdf?language=${language}`)],
    ["csv", address("lines.csv")],
    ["xlsx", address("lines.xlsx")],
    ...(statement.status === "open" ? [] : [["signed", address("signed.json")] as const]),
  ] as const;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          {t("files.title")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {files.map(([name, href]) => (
          <Menu.Item key={name} component="a" href={href} download>
            {t(`files.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
