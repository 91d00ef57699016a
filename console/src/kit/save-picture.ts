const PIXELS = 1024;

/** Saves the QR code of a text as a file of the browser: a vector, or 1024 pixels wide. */
export async function savePicture(file: string, text: string, format: "svg" | "png"): Promise<void> {
  const { renderSVG } = await import("uqr");
  const svg = new Blob([renderSVG(text, { border: 4 })], { type: "image/svg+xml" });
  saveBlob(file, format === "svg" ? svg : await drawn(svg));
}

async function drawn(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const picture = new Image(PIXELS, PIXELS);
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = PIXELS;
    canvas.height = PIXELS;
    const context = canvas.getContext("2d");
    if (context === null) return svg;
    // Crisp squares: nothing is smoothed between them.
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, PIXELS, PIXELS);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? svg), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function saveBlob(file: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = file;
  anchor.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
