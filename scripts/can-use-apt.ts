/** Whether missing programs can be installed as Debian packages: root, on a system that has them. */
export async function canUseApt(): Promise<boolean> {
  return Deno.uid() === 0 && await Deno.stat("/usr/bin/apt-get").then(() => true, () => false);
}
