/** What processes hold open, asked rarely: how a growing file without a name is followed and found. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { HeldFile, OpenFiles } from '../../model/process.ts';
import { heldPath, linkOf, scanOpenFiles } from '../../system/processes/open-files.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';

/** What was read is good for so long, and longer where reading took long. */
const GOOD_SECONDS = 0.2;
const REST_FACTOR = 10;

/** A held file that grew between two looks. */
export interface GrownHeldFile {
  readonly id: FileId;
  readonly path: ByteString;
  /** The link of /proc for a file without a name; undefined for others. */
  readonly link: ByteString | undefined;
}

export class HeldGrowth {
  #held: OpenFiles | undefined;
  #readAt = -Infinity;
  #costSeconds = 0;
  /** Device → what its held files held at the last call. */
  readonly #sizes = new Map<number, ReadonlyMap<FileId, number>>();

  /** A link of /proc to a file that lost its name; undefined where nobody that can be seen held it, some time ago at most. */
  descriptorOf(id: FileId, now: number): ByteString | undefined {
    const file = this.#read(now).files.get(id);
    return file && linkTo(file);
  }

  /** What a process that holds the file says that it is called now; undefined where nobody does, or it has no name. */
  pathOf(id: FileId, now: number): ByteString | undefined {
    const file = this.#read(now).files.get(id);
    return file === undefined || file.links === 0 ? undefined : heldPath(file);
  }

  /** Processes whose files this user may not see. */
  hiddenProcesses(now: number): number {
    return this.#read(now).hiddenPids.length;
  }

  /** Regular files of a device that grew since the last call; nothing the first time. */
  grown(device: number, now: number): GrownHeldFile[] {
    const before = this.#sizes.get(device);
    const sizes = new Map<FileId, number>();
    this.#sizes.set(device, sizes);
    const grown: GrownHeldFile[] = [];
    for (const file of this.#read(now).files.values()) {
      if ((file.mode & FILE_TYPE.mask) !== FILE_TYPE.regular || deviceOf(file.id) !== device) continue;
      sizes.set(file.id, file.diskBytes);
      if (!before || file.diskBytes <= (before.get(file.id) ?? 0)) continue;
      const path = heldPath(file);
      if (path !== undefined)
        grown.push({ id: file.id, path, link: file.links === 0 ? linkTo(file) : undefined });
    }
    return grown;
  }

  #read(now: number): OpenFiles {
    if (this.#held && now - this.#readAt < Math.max(GOOD_SECONDS, this.#costSeconds * REST_FACTOR))
      return this.#held;
    const began = performance.now();
    this.#held = scanOpenFiles();
    this.#costSeconds = (performance.now() - began) / 1000;
    this.#readAt = now;
    return this.#held;
  }
}

/** Descriptors can be looked at by their owner; other links need root. */
function linkTo({ holds }: HeldFile): ByteString | undefined {
  const hold = holds.find(({ kind }) => kind === 'descriptor') ?? holds[0];
  return hold && fromText(linkOf(hold));
}
