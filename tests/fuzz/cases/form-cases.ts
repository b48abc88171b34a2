import type { Case } from "../support/case.ts";
import type { JsonSchema } from "../support/json-schema.ts";

type Target = Pick<Case, "method" | "path">;

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=b";

/** Every way a form of this schema can be wrong; its fields are texts. */
export function listFormCases(target: Target, { properties = {} }: JsonSchema): Case[] {
  const [field = "field"] = Object.keys(properties);
  const part = (head: string, body: string) =>
    `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const bodies: [title: string, type: string, body: string | Uint8Array][] = [
    ["empty", FORM, ""],
    ["without the field", FORM, "other=1"],
    ["with an empty field", FORM, `${field}=`],
    ["with a short field", FORM, `${field}=x`],
    ["with dots alone", FORM, `${field}=......`],
    ["with a field of 10,000 characters", FORM, `${field}=${"x".repeat(10_000)}`],
    ["with a list", FORM, `${field}[]=x.y&${field}[]=z`],
    ["with the field twice", FORM, `${field}=x.y&${field}=x.z`],
    ["with prototype keys", FORM, `__proto__=x.y&constructor.prototype=x.y`],
    ["with broken percent signs", FORM, `${field}=%ff%E0%A4%A.%`],
    ["with zero characters", FORM, `${field}=%00%00.%00%00`],
    ["of bytes that are no text", FORM, new Uint8Array([0xff, 0xfe, 0x3d, 0x00])],
    ["JSON", "application/json", JSON.stringify({ [field]: "x.y" })],
    ["JSON called a form", FORM, JSON.stringify({ [field]: "x.y" })],
    ["plain text", "text/plain", `${field}=x.y`],
    [
      "in parts, with a file for the field",
      MULTIPART,
      part(`name="${field}"; filename="a"`, "x.y") + "--b--",
    ],
    ["in parts, without an end", MULTIPART, part(`name="${field}"`, "x.y")],
    ["in parts without a boundary", "multipart/form-data", part(`name="${field}"`, "x.y")],
    ["in parts that are none", MULTIPART, "x"],
    ["of a type that is none", "///", `${field}=x.y`],
  ];
  return bodies.map(([title, type, body]) => ({
    ...target,
    title: `${target.method} ${target.path}: the form is ${title}`,
    headers: { "content-type": type },
    body,
    statuses: [400, 401, 413, 415],
  }));
}
