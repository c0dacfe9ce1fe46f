/** A directory below which many files grow, each of them too slow for an alarm of its own. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { KeptSeries } from '../../model/kept-growth.ts';
import type { GrowthTogether } from '../../model/watch-event.ts';
import type { Growing } from '../ground/ground.ts';
import { AlarmState } from './alarm-state.ts';
import { growingPlace } from './growing-place.ts';
import { commonForm } from './common-form.ts';
import type { DirectoryGrowth } from './directory-growth.ts';
import type { FileGrowth } from './file-growth.ts';
import type { NewFile } from './new-file.ts';
import type { Rate } from './rate.ts';

/** Asked for writers, the fastest first: who writes these writes the rest. */
const MOST_ASKED = 64;
const MOST_NAMES = 200;

export type Member = FileGrowth | DirectoryGrowth;

export class TreeGrowth {
  readonly number: number;
  readonly what = 'tree';
  readonly alarm = new AlarmState();
  readonly path: ByteString;
  readonly id: FileId;
  /** Of all that grows slowly below it. */
  readonly rate: Rate;
  readonly isRotationCopy = false;
  /** Written below it so far to what grows slowly. */
  grownBytes = 0;
  /** Of what grows slowly now, over the last seconds. */
  bytesPerSecond = 0;
  filesPerSecond = 0;
  readonly #bytesBefore: number;
  #most: GrowthTogether | undefined;
  readonly #members: () => readonly Member[];

  /** @param bytesBefore what the directory held when the watch began. @param members those that grow below it now. */
  constructor(
    at: { readonly number: number; readonly path: ByteString; readonly id: FileId; readonly rate: Rate },
    bytesBefore: number,
    members: () => readonly Member[],
  ) {
    this.number = at.number;
    this.path = at.path;
    this.id = at.id;
    this.rate = at.rate;
    this.#bytesBefore = bytesBefore;
    this.#members = members;
  }

  get diskBytes(): number {
    return this.#bytesBefore + this.grownBytes;
  }

  get apparentBytes(): number {
    return this.diskBytes;
  }

  /** New files among its members, some of them: to see whether they stay. */
  get recent(): readonly NewFile[] {
    const recent = this.#members().flatMap((one) => (one.what === 'directory' ? one.recent.slice(-4) : []));
    return recent.slice(0, MOST_ASKED);
  }

  kept(): KeptSeries {
    const { number, what, path, grownBytes } = this;
    return {
      number,
      what,
      path,
      files: 0,
      bytes: grownBytes,
      bytesBefore: this.#bytesBefore,
      alarm: this.alarm.kept(),
    };
  }

  /** What grows together now, or the most that did, once all of it is still. */
  together(): GrowthTogether {
    const members = this.#members();
    if (members.length === 0 && this.#most !== undefined) return this.#most;
    const directories = new Set(members.map(directoryOf));
    const names = members.flatMap((one) =>
      one.what === 'file' ? [one.path] : one.recent.map(({ path }) => path),
    );
    const step = Math.ceil(names.length / MOST_NAMES);
    const sizes = members.map((one) =>
      one.what === 'file' ? one.apparentBytes : one.grownBytes / one.files,
    );
    const typical = sizes.filter(Number.isFinite).toSorted((a, b) => a - b);
    const together = {
      files: members.reduce((sum, one) => sum + (one.what === 'file' ? 1 : one.files), 0),
      directories: directories.size,
      form: commonForm(names.filter((_, index) => index % step === 0)),
      typicalBytes: Math.round(typical[typical.length >> 1] ?? 0),
    };
    if (together.files >= (this.#most?.files ?? 0)) this.#most = together;
    return together;
  }

  growing(now: number): Growing {
    const fastest = this.#members()
      .map((member) => ({ member, bytesPerSecond: member.rate.bytesPerSecond(now) }))
      .toSorted((a, b) => b.bytesPerSecond - a.bytesPerSecond)
      .slice(0, MOST_ASKED);
    return {
      ...growingPlace(this, this.bytesPerSecond),
      members: fastest.map(({ member: { what, id, path }, bytesPerSecond }) => ({
        what,
        id,
        path,
        bytesPerSecond,
      })),
    };
  }
}

function directoryOf({ what, path }: Member): string {
  return what === 'directory' ? path : path.slice(0, path.lastIndexOf('/'));
}
