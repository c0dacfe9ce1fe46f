/** How fast filesystems fill while somebody looks: a look at each every few seconds, and watch's forecast over them. */
import type { ByteString } from '../../model/byte-string.ts';
import { toText } from '../../model/byte-string.ts';
import type { Usage } from '../../model/filesystem.ts';
import type { Mount } from '../../model/mount.ts';
import { resolveRoot, visibleMounts } from '../../scan/scan.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { readMounts } from '../../system/mounts/mounts.ts';
import { createOutlook } from '../../watch/watch.ts';
import type { Sample } from './exposition.ts';
import { usageSamples } from './report-samples.ts';

/** A forecast is worth nothing before. */
const LEAST_SECONDS = 5;

interface Measured {
  readonly mount: Mount;
  readonly sinceSeconds: number;
  usage: Usage;
  atSeconds: number;
}

export class FillMeter {
  readonly #outlook = createOutlook();
  /** By device: a filesystem may be mounted twice. */
  readonly #measured = new Map<string, Measured>();

  /** Looks at the filesystems of these paths; one that does not tell how full it is is left out. */
  look(paths: readonly ByteString[]): void {
    const now = nowSeconds();
    const visible = visibleMounts(readMounts());
    for (const path of paths) {
      let mount, usage;
      try {
        ({ mount } = resolveRoot(path, visible));
        if (!mount) continue;
        usage = readUsage(mount.mountPoint);
      } catch {
        continue;
      }
      const known = this.#measured.get(mount.device) ?? { mount, sinceSeconds: now, usage, atSeconds: now };
      known.usage = usage;
      known.atSeconds = now;
      this.#measured.set(mount.device, known);
      this.#outlook.sample(known.mount, usage, now);
    }
  }

  /** Of the last look. */
  samples(): Sample[] {
    return [...this.#measured.values()].flatMap(({ mount, usage, sinceSeconds, atSeconds }) => {
      const { mountPoint, source, type } = mount;
      // As in a report: what btrfs keeps from everybody, root cannot write either.
      const reservedBytes = type === 'btrfs' ? 0 : usage.reservedBytes;
      const usages = usageSamples({ mountPoint, device: source, type }, { ...usage, reservedBytes });
      if (atSeconds - sinceSeconds < LEAST_SECONDS) return usages;
      const { fillingBytesPerSecond, fullInSeconds, inodesFullInSeconds } = this.#outlook.outlookOf(mount);
      const labels = { mountpoint: toText(mountPoint) };
      const fill: Sample[] = [
        { metric: 'diskwhy_fill_bytes_per_second', labels, value: fillingBytesPerSecond },
        { metric: 'diskwhy_fill_seconds', labels, value: fullInSeconds?.soonest ?? Infinity },
        { metric: 'diskwhy_inodes_fill_seconds', labels, value: inodesFullInSeconds ?? Infinity },
      ];
      return [...usages, ...fill];
    });
  }
}
