/**
 * What a watch leaves to the process that takes its place when it is killed: alarms that nobody has taken, what grew and
 * what was told. Changes are kept one behind the other, and begun anew when they are many.
 */
import { KeptGrowth } from '../../model/kept-growth.ts';
import type { KeptChange } from '../../model/kept-growth.ts';
import type { WaitingAlarms } from './alarm-webhook.ts';
import type { Service } from './service.ts';

interface Kept {
  readonly waiting?: WaitingAlarms;
  /** What is watched from now on: what grew elsewhere is of no use. */
  readonly scope?: string;
  readonly change?: KeptChange;
}

export class KeptWatch {
  readonly #memory: Service['kept'];
  #waiting: WaitingAlarms = { bodies: [], lost: 0 };
  #scope: string | undefined;
  #growth = new KeptGrowth();

  constructor({ kept }: Pick<Service, 'kept'>) {
    this.#memory = kept;
    for (const record of kept?.before ?? []) this.#takeIn(JSON.parse(record) as Kept);
  }

  /** Alarms that were not taken when the process before this one ended. */
  get waiting(): WaitingAlarms {
    return this.#waiting;
  }

  /** What was seen while the same was watched; undefined where nothing is kept of that. */
  growthIn(scope: string): KeptGrowth | undefined {
    return this.#memory && this.#scope === scope ? this.#growth : undefined;
  }

  keepWaiting({ bodies, lost }: WaitingAlarms): void {
    this.#keep({ waiting: { bodies: [...bodies], lost } });
  }

  keepGrowth(scope: string, change: KeptChange): void {
    this.#keep(scope === this.#scope ? { change } : { scope, change });
  }

  #keep(kept: Kept): void {
    if (!this.#memory) return;
    this.#takeIn(kept);
    if (!this.#memory.isFull()) {
      this.#memory.append(JSON.stringify(kept));
      return;
    }
    const all: Kept = {
      waiting: this.#waiting,
      ...(this.#scope !== undefined && { scope: this.#scope, change: this.#growth.whole() }),
    };
    this.#memory.begin([JSON.stringify(all)]);
  }

  #takeIn({ waiting, scope, change }: Kept): void {
    if (waiting) this.#waiting = waiting;
    if (scope !== undefined) {
      this.#scope = scope;
      this.#growth = new KeptGrowth();
    }
    if (change) this.#growth.takeIn(change);
  }
}
