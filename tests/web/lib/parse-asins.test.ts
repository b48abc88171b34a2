import assert from "node:assert/strict";
import { parseAsins, readAsin } from "../../../web/src/lib/parse-asins.ts";

Deno.test("parseAsins reads lists however they are separated", () => {
  const { asins, rejected } = parseAsins("B0CRL7K2M1, b0crl7k2w8;B0CRL7K3G5\n\t1234567890|B09V3TW8ZL");
  assert.deepEqual(asins, ["B0CRL7K2M1", "B0CRL7K2W8", "B0CRL7K3G5", "1234567890", "B09V3TW8ZL"]);
  assert.deepEqual(rejected, []);
});

Deno.test("parseAsins keeps each ASIN once and in order", () => {
  assert.deepEqual(parseAsins("B0CRL7K2W8 B0CRL7K2M1 b0crl7k2w8").asins, ["B0CRL7K2W8", "B0CRL7K2M1"]);
});

Deno.test("parseAsins finds ASINs inside Amazon addresses", () => {
  const text = [
    "https://www.amazon.com/Northkettle-Kettle/dp/B0CRL7K2M1/ref=sr_1_1?keywords=kettle",
    "https://www.amazon.co.uk/gp/product/B0CRL7K2W8?th=1",
    "amazon.de/dp/b0crl7k3g5",
    "https://www.amazon.ca/gp/aw/d/B09V3TW8ZL#reviews",
  ].join("\n");
  assert.deepEqual(parseAsins(text).asins, ["B0CRL7K2M1", "B0CRL7K2W8", "B0CRL7K3G5", "B09V3TW8ZL"]);
});

Deno.test("parseAsins returns what is no ASIN", () => {
  assert.deepEqual(parseAsins("B0CRL7K2M kettle https://example.com/dp/B0CRL7K2M1X B0CRL7K2M1"), {
    asins: ["B0CRL7K2M1"],
    rejected: ["B0CRL7K2M", "kettle", "https://example.com/dp/B0CRL7K2M1X"],
  });
});

Deno.test("parseAsins finds nothing in empty text", () => {
  assert.deepEqual(parseAsins(" \n "), { asins: [], rejected: [] });
});

Deno.test("readAsin takes quotes and full stops off a pasted ASIN", () => {
  assert.equal(readAsin(' "B0CRL7K2M1". '), "B0CRL7K2M1");
  assert.equal(readAsin("B0-CRL7K2M"), null);
});
