import { Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";

interface QrCodeProps {
  readonly text: string;
  /** What the picture leads to. */
  readonly label: string;
  readonly size?: number;
}

/** A QR code drawn in the browser, on white in both themes: cameras need it. */
export function QrCode({ text, label, size = 168 }: QrCodeProps) {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void import("uqr").then(({ renderSVG }) => {
      if (!gone) setPicture(`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(text, { border: 2 }))}`);
    });
    return () => {
      gone = true;
    };
  }, [text]);
  if (picture === null) return <Skeleton width={size} height={size} />;
  return <img src={picture} alt={label} width={size} height={size} style={{ borderRadius: 6, display: "block" }} />;
}
