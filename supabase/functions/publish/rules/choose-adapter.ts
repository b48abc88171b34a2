interface Routed {
  readonly platform: string;
  /** Where the routes to a platform differ. */
  readonly route?: string;
}

/** Adapters under the keys that `chooseAdapter` looks for: `platform`, or `platform/route` where the routes differ. */
export function listAdapters<Adapter extends Routed>(
  adapters: readonly Adapter[],
): Readonly<Record<string, Adapter | undefined>> {
  const keyOf = ({ platform, route }: Routed) => (route ? `${platform}/${route}` : platform);
  return Object.fromEntries(adapters.map((adapter) => [keyOf(adapter), adapter]));
}

/** The adapter that serves accounts of this platform and route; null when nothing can be published there. */
export function chooseAdapter<Adapter>(
  adapters: Readonly<Record<string, Adapter | undefined>>,
  platform: string,
  route: string,
): Adapter | null {
  return adapters[`${platform}/${route}`] ?? adapters[platform] ?? null;
}
