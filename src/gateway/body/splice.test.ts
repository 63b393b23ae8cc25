import fc from "fast-check";
import { expect, test } from "vitest";
import { boundaryOf, scanMultipart } from "./multipart.ts";
import { scanBody } from "./scan.ts";
import { withModel, withModelPart } from "./splice.ts";

const name = fc.string({ unit: "grapheme", minLength: 1 });

function renamed(body: Buffer, model: string): Buffer {
  const scan = scanBody(body);
  if (scan.kind !== "object") throw new Error("not an object");
  return withModel(body, scan.fields, model);
}

test("a JSON body has the new model afterwards, and nothing else has changed", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.option(fc.jsonValue()), name, (rest, model, next) => {
      const before = { ...rest, ...(model === null ? {} : { model }) };
      const after = JSON.parse(renamed(Buffer.from(JSON.stringify(before, null, 1)), next).toString());
      expect(after).toEqual({ ...JSON.parse(JSON.stringify(before)), model: next });
    }),
  );
});

test("bytes that are no part of the model stay as they are", () => {
  const body = '{ "n":1e400, "model" : "a" ,"b":12345678901234567890,\t"dup":1,"dup":2 }\n';
  expect(renamed(Buffer.from(body), "ü/b").toString()).toBe(body.replace('"a"', '"ü/b"'));
  expect(renamed(Buffer.from(" {} "), "b").toString()).toBe(' {"model":"b"} ');
});

test("a body that names the model already is not copied", () => {
  const body = Buffer.from('{"model":"a"}');
  expect(renamed(body, "a")).toBe(body);
});

const boundary = "----x y'z";
const part = (field: string, value: string, more = "") =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${field}"${more}\r\n\r\n${value}\r\n`;

function renamedForm(parts: string[], model: string): string {
  const body = Buffer.from(`${parts.join("")}--${boundary}--\r\n`);
  const form = scanMultipart(body, boundaryOf(`multipart/form-data; boundary="${boundary}"`)!);
  return withModelPart(body, form!, model).toString();
}

test("a form has the new model afterwards, and its files stay as they are", () => {
  const content = fc.string({ unit: "binary" }).filter((text) => !text.includes(boundary));
  fc.assert(
    fc.property(content, name, (file, next) => {
      const sound = part("file", file, '; filename="model.wav"');
      expect(renamedForm([sound, part("model", "a")], next)).toBe(`${sound}${part("model", next)}--${boundary}--\r\n`);
      expect(renamedForm([sound], next)).toBe(`${part("model", next)}${sound}--${boundary}--\r\n`);
    }),
  );
});

test("a form that ends too early is no form", () => {
  const whole = Buffer.from(`${part("model", "a")}--${boundary}--\r\n`);
  for (let length = 0; length < whole.length - 4; length++) {
    expect(scanMultipart(whole.subarray(0, length), boundary)).toBeNull();
  }
  expect(scanMultipart(whole, boundary)?.model).toBe("a");
});

test.each([
  ["multipart/form-data; boundary=abc", "abc"],
  ['Multipart/Form-Data; charset=utf-8; boundary="a b"', "a b"],
  ["multipart/form-data", null],
  ["application/json; boundary=abc", null],
])("the boundary of %j is %j", (type, found) => {
  expect(boundaryOf(type)).toBe(found);
});
