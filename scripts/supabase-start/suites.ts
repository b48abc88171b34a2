/**
 * Test files that hold on any Supabase project with our `supabase/` folder. What is left out is about the embedded
 * stack itself, or needs a database that holds nothing else: lints, the schema dump, sweeps over all accounts, logs.
 */
export const SUITES: readonly (readonly string[])[] = [
  // Finds the demo account as the seed leaves it, so it comes first.
  ["tests/e2e/main-flow.test.ts"],
  [
    ...[
      "column-grants",
      "concurrency",
      "concurrent-writers",
      "contracts",
      "foreign-rows",
      "inheritance",
      "inheritance-choice",
      "inheritance-many",
      "posters-bucket",
      "primary-video",
      "products",
      "queue-for-amazon",
      "rate-limits",
      "removal",
      "row-privacy",
      "task-creation",
      "task-status",
    ].map((name) => `tests/database/${name}.test.ts`),
    "tests/privacy/privacy-matrix.test.ts",
    ...["connect", "library", "tasks", "uploads", "videos"].map((name) =>
      `tests/functions/integration/${name}.test.ts`
    ),
    ...["listing", "multipart", "signed-urls"].map((name) => `tests/stack/storage/${name}.test.ts`),
    "tests/stack/data-api/conformance.test.ts",
    "tests/stack/data-api/used-shapes.test.ts",
  ],
];
