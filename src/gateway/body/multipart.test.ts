import { expect, test } from "vitest";
import { scanMultipart } from "./multipart.ts";

const part = (name: string, more = "") => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\nx\r\n`;
const form = (parts: string) => Buffer.from(`${parts}--b--\r\n`);

test("a form has up to a thousand parts, and no more", () => {
  expect(scanMultipart(form(part("model").repeat(1000)), "b")?.model).toBe("x");
  expect(() => scanMultipart(form(part("model").repeat(1001)), "b")).toThrow("more than 1000 parts");
});

test("the headers of a part end within 16 KiB", () => {
  expect(() => scanMultipart(form(part("a", `; x=${"y".repeat(20_000)}`)), "b")).toThrow("16384 bytes");
});

test("a part's name is found in whichever of its headers has it", () => {
  const odd =
    '--b\r\nX-Content-Disposition: form-data; name="stream"\r\ncontent-DISPOSITION:form-data; name=model\r\n\r\nm\r\n';
  expect(scanMultipart(form(odd), "b")).toMatchObject({ model: "m", stream: false });
});
