import { Button, Group, Stack, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { QrCode } from "../kit/qr-code.tsx";
import { Card } from "../kit/record/card.tsx";
import { savePicture } from "../kit/save-picture.ts";
import { CopyAddress } from "./copy-address.tsx";
import { publishedAddress } from "./published-address.ts";
import css from "./source-addresses.module.css";

const FIRST = ["sub1", "sub2", "click_id"] as const;
const MORE = ["sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10", "source", "creative"] as const;

interface LinkPublishProps {
  readonly url: string;
  /** Behind the last slash; names the files. */
  readonly code: string;
  /** The link is not made yet: the address is how it will look. */
  readonly isPreview?: boolean;
}

/** The address to publish, with the values that a partner adds to tell its placements apart, and its QR code. */
export function LinkPublish({ url, code, isPreview }: LinkPublishProps) {
  const { t } = useTranslation("tracking");
  const [added, setAdded] = useState<Readonly<Record<string, string>>>({});
  const [showsAll, setShowsAll] = useState(false);
  const address = publishedAddress(url, added);
  const names = showsAll ? [...FIRST, ...MORE] : FIRST;
  return (
    <Card title={t("publish")}>
      <Stack gap={12}>
        <code className={css.address}>{address}</code>
        {isPreview === true ? null : (
          <Group>
            <CopyAddress text={address} />
          </Group>
        )}
        {names.map((name) => (
          <TextInput
            key={name}
            size="xs"
            label={t(`added.${name}`, { defaultValue: name })}
            placeholder={name === "click_id" ? "{clickid}" : ""}
            value={added[name] ?? ""}
            onChange={({ currentTarget }) => setAdded({ ...added, [name]: currentTarget.value })}
          />
        ))}
        {showsAll ? null : (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setShowsAll(true)}>
            {t("moreSubs")}
          </Button>
        )}
        {isPreview === true ? (
          <p>{t("previewOnly")}</p>
        ) : (
          <>
            <QrCode text={address} label={t("qrOf", { address })} />
            <Group gap={6}>
              {(["svg", "png"] as const).map((format) => (
                <Button
                  key={format}
                  size="xs"
                  variant="default"
                  leftSection={<IconDownload size={14} />}
                  onClick={() => void savePicture(`${code.replaceAll("/", "-")}.${format}`, address, format)}
                >
                  {format.toUpperCase()}
                </Button>
              ))}
            </Group>
          </>
        )}
      </Stack>
    </Card>
  );
}
