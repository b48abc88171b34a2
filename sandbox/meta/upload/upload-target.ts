/** A file whose bytes come in by upload requests, or from a hosted copy of it. Sizes in bytes. */
export interface UploadTarget {
  readonly id: string;
  readonly blob: string;
  readonly maxBytes: number;
  /** Whether it still takes bytes. */
  readonly isOpen: boolean;
  received: number;
  /** Of the whole file; known from the first bytes on. */
  total: number | null;
  /** Processing time which a fault asked for, ms. */
  processingMs: number | null;
  /** All bytes are there. */
  finish(): Promise<void>;
  /** Takes the bytes from that address. */
  pull(url: string): void;
}
