import assert from "node:assert/strict";
import { toAmazonLink } from "../../../supabase/functions/_shared/contracts/amazon-link.ts";
import { readMarketplace } from "../../../web/src/lib/amazon-address.ts";

Deno.test("readMarketplace knows the marketplace of an address, however it was copied", () => {
  assert.equal(readMarketplace(" https://www.amazon.de/foo/dp/B0CRL7K2M1?x=1"), "DE");
  assert.equal(readMarketplace("amazon.co.uk/dp/B0CRL7K2M1"), "UK");
  assert.equal(readMarketplace("https://m.amazon.ca/dp/B0CRL7K2M1"), "CA");
  assert.equal(readMarketplace(toAmazonLink("US", "B0CRL7K2M1")), "US");
});

Deno.test("readMarketplace guesses nothing from other text", () => {
  for (
    const text of [
      "B0CRL7K2M1",
      "https://www.amazon.fr/dp/B0CRL7K2M1",
      "https://amazon.de.example/dp/B0CRL7K2M1",
    ]
  ) {
    assert.equal(readMarketplace(text), null);
  }
});
