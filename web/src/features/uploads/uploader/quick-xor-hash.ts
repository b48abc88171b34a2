const RING_BYTES = 20;
const RING_BITS = RING_BYTES * 8;
const SHIFT_BITS = 11;
/** After this many bytes the shifts repeat (11 and 160 have no common divisor). */
const PERIOD_BYTES = 160;
const PERIOD_WORDS = PERIOD_BYTES / 4;
/** 20 KB of input per stretch: stays in the first cache while five passes go over it. */
const STRETCH_WORDS = 128 * PERIOD_WORDS;

/** What it takes to go on hashing later: the bytes below `offset` are in `state`, base64 of 20 bytes. */
export interface HashCheckpoint {
  readonly offset: number;
  readonly state: string;
}

export interface QuickXorHash {
  /** Bytes hashed so far. */
  readonly offset: number;
  update(bytes: Uint8Array): void;
  checkpoint(): HashCheckpoint;
  /** The hash of everything up to `offset`: base64 of 20 bytes, as OneDrive reports it. */
  digest(): string;
}

/**
 * OneDrive's quickXorHash as a stream (rule: Microsoft Graph, "Code snippets: QuickXorHash algorithm").
 * Byte i is XORed into a ring of 160 bits at bit 11*i; the length goes on top at the end. Bytes 160 apart meet at
 * the same bit, so they are XORed together first, 32 bits at a time, and only those 160 sums are shifted.
 * @param from goes on from a checkpoint; throws RangeError when it is damaged
 */
export function createQuickXorHash(from: HashCheckpoint | null = null): QuickXorHash {
  const ring = from ? decodeState(from) : new Uint8Array(RING_BYTES);
  const sums = new Int32Array(PERIOD_WORDS);
  const sumBytes = new Uint8Array(sums.buffer);
  let offset = from?.offset ?? 0;

  function update(bytes: Uint8Array): void {
    const head = Math.min(bytes.length, (4 - (bytes.byteOffset & 3)) & 3);
    foldBytes(ring, bytes.subarray(0, head), offset);
    const wordCount = (bytes.length - head) >> 2;
    if (wordCount > 0) {
      sumWords(sums, new Int32Array(bytes.buffer, bytes.byteOffset + head, wordCount));
      foldBytes(ring, sumBytes, offset + head);
      sums.fill(0);
    }
    const tail = head + wordCount * 4;
    foldBytes(ring, bytes.subarray(tail), offset + tail);
    offset += bytes.length;
  }

  return {
    get offset() {
      return offset;
    },
    update,
    checkpoint: () => ({ offset, state: toBase64(ring) }),
    digest: () => {
      const digest = ring.slice();
      const length = new DataView(digest.buffer, RING_BYTES - 8);
      length.setBigUint64(0, length.getBigUint64(0, true) ^ BigInt(offset), true);
      return toBase64(digest);
    },
  };
}

/** True for a checkpoint that createQuickXorHash takes. */
export function isHashCheckpoint(checkpoint: HashCheckpoint): boolean {
  return Number.isSafeInteger(checkpoint.offset) && checkpoint.offset >= 0 &&
    /^[A-Za-z0-9+/]{27}=$/.test(checkpoint.state);
}

function decodeState(checkpoint: HashCheckpoint): Uint8Array {
  if (!isHashCheckpoint(checkpoint)) throw new RangeError("The hash checkpoint is damaged.");
  return Uint8Array.from(atob(checkpoint.state), (char) => char.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** XORs bytes into the ring, the first of them being byte `position` of the file. */
function foldBytes(ring: Uint8Array, bytes: Uint8Array, position: number): void {
  let bit = (position % RING_BITS) * SHIFT_BITS % RING_BITS;
  for (let i = 0; i < bytes.length; i++) {
    const shifted = bytes[i]! << (bit & 7);
    const at = bit >> 3;
    ring[at]! ^= shifted & 0xff;
    ring[at + 1 === RING_BYTES ? 0 : at + 1]! ^= shifted >> 8;
    bit += SHIFT_BITS;
    if (bit >= RING_BITS) bit -= RING_BITS;
  }
}

/** XORs words 40 apart together. Eight sums at a time stay in registers: several GB/s instead of a few hundred MB. */
function sumWords(sums: Int32Array, words: Int32Array): void {
  const whole = words.length - words.length % PERIOD_WORDS;
  for (let from = 0; from < whole; from += STRETCH_WORDS) {
    const to = Math.min(whole, from + STRETCH_WORDS);
    for (let lane = 0; lane < PERIOD_WORDS; lane += 8) {
      let a = sums[lane]!, b = sums[lane + 1]!, c = sums[lane + 2]!, d = sums[lane + 3]!;
      let e = sums[lane + 4]!, f = sums[lane + 5]!, g = sums[lane + 6]!, h = sums[lane + 7]!;
      for (let i = from + lane; i < to; i += PERIOD_WORDS) {
        a ^= words[i]!;
        b ^= words[i + 1]!;
        c ^= words[i + 2]!;
        d ^= words[i + 3]!;
        e ^= words[i + 4]!;
        f ^= words[i + 5]!;
        g ^= words[i + 6]!;
        h ^= words[i + 7]!;
      }
      sums[lane] = a;
      sums[lane + 1] = b;
      sums[lane + 2] = c;
      sums[lane + 3] = d;
      sums[lane + 4] = e;
      sums[lane + 5] = f;
      sums[lane + 6] = g;
      sums[lane + 7] = h;
    }
  }
  for (let i = whole; i < words.length; i++) sums[i - whole]! ^= words[i]!;
}
