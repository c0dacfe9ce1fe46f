/** What a watch leaves to the process that takes its place when it is killed: alarms that nobody has taken, and what grew. */
import type { KeptGrowth } from '../model/kept-growth.ts';
import type { WaitingAlarms } from './alarm-webhook.ts';
import type { Service } from './service.ts';

interface State {
  readonly waiting: WaitingAlarms;
  /** Of which watch: what grew elsewhere is of no use. */
  readonly scope: string;
  readonly grown: readonly KeptGrowth[];
}

const NOTHING: State = { waiting: { bodies: [], lost: 0 }, scope: '', grown: [] };

export class KeptWatch {
  readonly #kept: Service['kept'];
  #state: State;

  constructor({ kept }: Pick<Service, 'kept'>) {
    this.#kept = kept;
    this.#state = readState(kept?.before ?? []);
  }

  /** Alarms that were not taken when the process before this one ended. */
  get waiting(): WaitingAlarms {
    return this.#state.waiting;
  }

  /** What grew while the same was watched. */
  grownIn(scope: string): readonly KeptGrowth[] {
    return this.#state.scope === scope ? this.#state.grown : [];
  }

  keepWaiting({ bodies, lost }: WaitingAlarms): void {
    this.#write({ ...this.#state, waiting: { bodies: [...bodies], lost } });
  }

  keepGrown(scope: string, grown: readonly KeptGrowth[]): void {
    this.#write({ ...this.#state, scope, grown });
  }

  #write(state: State): void {
    this.#state = state;
    this.#kept?.write(JSON.stringify(state));
  }
}

/** The last that was written whole. */
function readState(lines: readonly string[]): State {
  for (const line of lines)
    try {
      return { ...NOTHING, ...(JSON.parse(line) as Partial<State>) };
    } catch {
      // Killed while it wrote.
    }
  return NOTHING;
}
