/** A line of JSON that a suite or a benchmark prints. */
export type Figure = Readonly<Record<string, unknown>>;

interface Bar {
  readonly what: string;
  /** Figures that the bar is for. */
  applies(figure: Figure): boolean;
  isMet(figure: Figure): boolean;
}

const MEMORY_GROWTH_BYTES = 64 * 1024 * 1024;

const ratioOf = (figure: Figure) => Number(figure.ratio);

function ratio(
  bench: string,
  metric: string,
  baseline: RegExp,
  isMet: (ratio: number) => boolean,
  what: string,
): Bar {
  return {
    what: `${bench} ${metric} against ${baseline.source}: ${what}`,
    applies: (figure) =>
      figure.bench === bench && figure.metric === metric && baseline.test(String(figure.baseline)),
    isMet: (figure) => isMet(ratioOf(figure)),
  };
}

/** What the product promises; docs/performance.md and docs/reliability.md give the reasons. */
const BARS: readonly Bar[] = [
  ratio("upload", "throughput", /plain PUT/, (r) => r >= 0.9, "at least 0.9"),
  ratio("upload", "throughput", /LargeFileUploadTask/, (r) => r >= 1, "at least 1.0"),
  ratio("inheritance", "time", /./, (r) => r <= 1.5, "at most 1.5"),
  ratio("tasks-list", "time", /./, (r) => r <= 1.2, "at most 1.2"),
  ratio("requests", "time", /./, (r) => r <= 1.5, "at most 1.5"),
  ratio("dispatch", "claims", /./, (r) => r >= 1, "at least 1.0"),
  ratio("dispatch", "time", /^bar$/, (r) => r <= 1, "at most 1.0"),
  ratio("stream", "throughput", /YouTube/, (r) => r >= 0.7, "at least 0.7"),
  ratio("stream", "time", /./, (r) => r <= 1, "at most 1.0"),
  {
    what: "memory grows by 64 MiB at most",
    applies: ({ metric }) => metric === "memory",
    isMet: ({ value }) => Number(value) <= MEMORY_GROWTH_BYTES,
  },
  {
    what: "uploads end whole or refused, with nothing left behind",
    applies: (figure) => "uploads" in figure,
    isMet: ({ uploads, whole, refused, orphans, stuck, failed }) =>
      Number(whole) + Number(refused) === uploads && orphans === 0 && stuck === 0 && failed === 0,
  },
  {
    what: "every post goes out once, whatever is killed",
    applies: (figure) => "kills" in figure,
    isMet: ({ targets, published, duplicates, lost, stuck }) =>
      published === targets && duplicates === 0 && lost === 0 && stuck === 0,
  },
];

/** The bar a figure misses, with the figure; null when it meets all it has. */
export function findMissedBar(figure: Figure): string | null {
  const missed = BARS.find((bar) => bar.applies(figure) && !bar.isMet(figure));
  return missed ? `${missed.what}; it is ${JSON.stringify(figure)}` : null;
}
