/** Times of day as a person reads them while a watch runs. */

/** "14:02:31" @param zoneMinutes east of UTC. */
export function clockText(seconds: number, zoneMinutes: number): string {
  const at = new Date((seconds + zoneMinutes * 60) * 1000);
  return Number.isNaN(at.getTime()) ? '??:??:??' : at.toISOString().slice(11, 19);
}
