import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "fast-png";
import { encode } from "uqr";
import { qrPng, qrSvg } from "./qr.ts";

const URL_TEXT = "https://go.brand.example/c/brand/spring-26?source=flyer";

test("a picture has every module of the code, whole, and four of quiet around it", () => {
  const { data } = encode(URL_TEXT, { border: 4, ecc: "Q" });
  for (const size of [64, 400, 1999]) {
    const picture = decode(qrPng(URL_TEXT, size));
    const scale = picture.width / data.length;
    assert.ok(Number.isInteger(scale) && picture.width === picture.height, `${picture.width}`);
    assert.ok(scale === 1 || picture.width <= size);
    for (const [y, row] of data.entries())
      for (const [x, dark] of row.entries())
        for (const corner of [0, scale - 1])
          assert.equal(
            picture.data[(y * scale + corner) * picture.width + x * scale + corner],
            dark ? 0 : 255,
            `${x},${y}`,
          );
    assert.ok(picture.data.subarray(0, picture.width * 4 * scale).every((pixel) => pixel === 255));
  }
});

test("a drawing is a picture and nothing that runs", () => {
  const svg = qrSvg("https://a.example/?x=<script>alert(1)</script>");
  assert.match(svg, /^<svg [^>]*viewBox/);
  assert.doesNotMatch(svg, /script|onload/);
});
