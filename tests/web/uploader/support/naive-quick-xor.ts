const MASK = (1n << 160n) - 1n;

/** quickXorHash straight from its definition, one byte at a time; base64 of 20 bytes. */
export function naiveQuickXor(bytes: Uint8Array): string {
  let ring = 0n;
  bytes.forEach((byte, i) => {
    const shift = BigInt((11 * i) % 160);
    const wide = BigInt(byte) << shift;
    ring ^= (wide & MASK) | (wide >> 160n);
  });
  ring ^= BigInt(bytes.length) << 96n;
  const digest = new Uint8Array(20);
  for (let i = 0; i < 20; i++) digest[i] = Number((ring >> BigInt(8 * i)) & 0xffn);
  return digest.toBase64();
}
