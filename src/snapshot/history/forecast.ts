/** When a filesystem will be full, by what its snapshots noted of it. Arithmetic only. */
import type { FullForecast, KeptSnapshot } from '../../model/kept-snapshot.ts';

const DAY_SECONDS = 86_400;
/** Less than this is weather, not climate. */
const LEAST_SECONDS = 3600;

/**
 * By the line that fits what was used best (least squares). Undefined where fewer than two snapshots tell of the
 * filesystem, or too little time lies between them.
 * @param availableBytes now.
 */
export function forecastFull(
  snapshots: readonly KeptSnapshot[],
  availableBytes: number,
): FullForecast | undefined {
  const mountPoint = snapshots.at(-1)?.filesystem?.mountPoint;
  const points = snapshots.flatMap(({ takenAt, filesystem }) =>
    filesystem && filesystem.mountPoint === mountPoint ? [{ x: takenAt, y: filesystem.usedBytes }] : [],
  );
  if (points.length < 2 || points.at(-1)!.x - points[0].x < LEAST_SECONDS) return undefined;
  const bytesPerSecond = slopeOf(points);
  return {
    bytesPerDay: bytesPerSecond * DAY_SECONDS,
    availableBytes,
    fullInSeconds: bytesPerSecond > 0 ? availableBytes / bytesPerSecond : undefined,
  };
}

function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (pick: (point: { readonly x: number; readonly y: number }) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const above = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  const below = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
