/** How a whole filesystem grows, and how much of that the files seen growing explain. */
import type { Usage } from '../../model/filesystem.ts';

interface Sample {
  readonly at: number;
  readonly usedBytes: number;
  readonly takenBytes: number;
}

/** Growth that nothing explained over some time. */
export interface Unexplained {
  readonly grownBytes: number;
  readonly explainedBytes: number;
  readonly bytesPerSecond: number;
}

const SUSPICION_SECONDS = 3;
const PROOF_SECONDS = 10;
const KEPT_SECONDS = 15;
/** Files that explain this part of the growth explain it: metadata and late allocation are the rest. */
const ENOUGH_SHARE = 0.6;

export class FilesystemGrowth {
  readonly #samples: Sample[] = [];
  #grownBytes = 0;
  #explainedBytes = 0;

  /** @param takenBytes allocated by the files seen growing on it, since the start. */
  sample({ usedBytes }: Usage, takenBytes: number, at: number): void {
    const last = this.#samples.at(-1);
    if (last) this.#grownBytes += Math.max(0, usedBytes - last.usedBytes);
    this.#explainedBytes = Math.min(this.#grownBytes, takenBytes);
    this.#samples.push({ at, usedBytes, takenBytes });
    while (this.#samples.length > 2 && at - this.#samples[0].at > KEPT_SECONDS) this.#samples.shift();
  }

  /** What came to be used since the start; what was freed meanwhile is not taken off. */
  get grownBytes(): number {
    return this.#grownBytes;
  }

  get explainedBytes(): number {
    return this.#explainedBytes;
  }

  /** Something may be growing unseen: time to look harder. */
  isSuspicious(bytesPerSecond: number): boolean {
    return this.#unexplained(SUSPICION_SECONDS, bytesPerSecond) !== undefined;
  }

  /** Grows for long enough, in the latest seconds too, and nothing explains it. */
  unexplained(bytesPerSecond: number): Unexplained | undefined {
    return this.isSuspicious(bytesPerSecond) ? this.#unexplained(PROOF_SECONDS, bytesPerSecond) : undefined;
  }

  #unexplained(seconds: number, bytesPerSecond: number): Unexplained | undefined {
    const last = this.#samples.at(-1);
    const first = last && this.#samples.findLast(({ at }) => last.at - at >= seconds - 0.5);
    if (!first) return undefined;
    const grownBytes = last.usedBytes - first.usedBytes;
    const explainedBytes = Math.min(grownBytes, last.takenBytes - first.takenBytes);
    const rate = (grownBytes - explainedBytes) / (last.at - first.at);
    if (rate < bytesPerSecond || explainedBytes > grownBytes * ENOUGH_SHARE) return undefined;
    return { grownBytes, explainedBytes, bytesPerSecond: rate };
  }
}
