/** What is told of something that grows: its numbers, who writes it, what it says, how full its disk gets. */
import type { FilesystemOutlook, GrowthState } from '../../model/watch-event.ts';
import type { Collaborators, Ground } from '../ground/ground.ts';
import type { Growth } from '../growth/growth.ts';
import { GrowthRemedies, NO_REMEDIES } from '../remedies/growth-remedies.ts';

export class GrowthReporter {
  readonly #ground: Ground;
  readonly #collaborators: Collaborators;
  readonly #remedies: GrowthRemedies;

  /** @param world see WatchHooks. */
  constructor(
    ground: Ground,
    collaborators: Collaborators,
    world: ConstructorParameters<typeof GrowthRemedies>[0],
  ) {
    this.#remedies = new GrowthRemedies(world);
    this.#ground = ground;
    this.#collaborators = collaborators;
  }

  /** With what can be done about it, for what is told or shown as an alarm. */
  stateOf(growth: Growth, now: number, isTold = growth.alarm.isAlarm): GrowthState {
    const state = this.#state(growth, now);
    const { remedies, refusals } = isTold ? this.#remedies.of(growth.number, state, now) : NO_REMEDIES;
    return { ...state, remedies, refusals };
  }

  #state(growth: Growth, now: number): Omit<GrowthState, 'remedies' | 'refusals'> {
    const growing = growth.growing(now);
    const { writers, judge, outlook } = this.#collaborators;
    const found = writers.writersOf(growing);
    const filesystem = this.#ground.filesystemOf(growth.id) ?? this.#ground.filesystems.at(0);
    return {
      path: withoutKey(growing.path),
      what: growth.what,
      diskBytes: growth.diskBytes,
      apparentBytes: growth.apparentBytes,
      grownBytes: growth.grownBytes,
      bytesPerSecond: growing.bytesPerSecond,
      filesPerSecond: filesPerSecond(growth, now),
      together: growth.what === 'tree' ? growth.together() : undefined,
      sinceSeconds: growth.rate.sinceSeconds(now),
      judgement: judge.judgementOf(growth.number),
      writers: found.writers,
      writersHidden: found.hidden,
      filesystem: filesystem ? outlook.outlookOf(filesystem.mount, growing) : NO_FILESYSTEM,
    };
  }
}

function filesPerSecond(growth: Growth, now: number): number {
  if (growth.what === 'tree') return growth.filesPerSecond;
  return growth.what === 'directory' ? growth.rate.filesPerSecond(now) : 0;
}

const NO_FILESYSTEM: FilesystemOutlook = {
  mountPoint: '/' as FilesystemOutlook['mountPoint'],
  state: { level: 'ok', of: 'bytes', reservedBytes: 0, freeInodes: null },
  availableBytes: 0,
  fillingBytesPerSecond: 0,
  fullInSeconds: undefined,
  inodesFullInSeconds: undefined,
  caps: [],
};

/** Files without a name may share the last one they had; their key has more behind a NUL. */
function withoutKey(path: GrowthState['path']): GrowthState['path'] {
  return path.split('\0', 1)[0] as GrowthState['path'];
}
